import type { MetricsPort, Rule, Watches } from "../../engine/model/needs";
import { ports } from "./ports";
import type { Settings } from "./settings";

/** Every Go program of Argo CD's serves these of itself. */
const process = ["process_start_time_seconds", "process_resident_memory_bytes", "go_goroutines"];

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/ */
const metrics: Readonly<Record<string, MetricsPort>> = {
  "application-controller": {
    port: ports.controllerMetrics,
    component: "application-controller",
    series: [
      ...process,
      "argocd_app_info{name, namespace, project, repo, dest_server, dest_namespace, autosync_enabled, sync_status, health_status, operation}",
      "argocd_app_sync_total{name, namespace, project, dest_server, phase, dry_run}",
      "argocd_app_reconcile_bucket{namespace, dest_server}",
      "argocd_app_reconcile_count{namespace, dest_server}",
      "argocd_app_reconcile_sum{namespace, dest_server}",
      "argocd_app_k8s_request_total{name, namespace, project, server, response_code, verb, resource_kind, resource_namespace, dry_run}",
      "argocd_cluster_api_resource_objects{server}",
      "argocd_cluster_cache_age_seconds{server}",
      "argocd_cluster_connection_status{server, k8s_version}",
      "argocd_cluster_info{server, k8s_version, name}",
      "argocd_kubectl_exec_pending{hostname, command}",
    ],
  },
  "applicationset-controller": { port: ports.applicationSetMetrics, component: "applicationset-controller", series: [...process, "argocd_appset_info", "argocd_appset_owned_applications"] },
  "repo-server": {
    port: ports.repoServerMetrics,
    component: "repo-server",
    series: [...process, "argocd_git_request_total{repo, request_type}", "argocd_git_fetch_fail_total{repo, revision}", "argocd_git_lsremote_fail_total{repo, revision}", "argocd_repo_pending_request_total{repo}"],
  },
  server: { port: ports.serverMetrics, component: "server", series: [...process, "argocd_login_request_total"] },
};

const dexMetrics: MetricsPort = { port: ports.dexMetrics, component: "dex-server", series: process };
const notificationsMetrics: MetricsPort = { port: ports.notificationsMetrics, component: "notifications-controller", series: process };

const rules: readonly Rule[] = [
  {
    alert: "ArgoCdClusterUnreachable",
    expr: "min by (server) (argocd_cluster_connection_status) == 0",
    for: "10m",
    severity: "critical",
    summary: "Argo CD cannot reach {{ $labels.server }}",
    description: "Nothing is synced or healed there. Its API server is down, or the token in the vault no longer lets Argo CD in.",
  },
  {
    // A failing sync is retried without end, so that it never counts as failed: what it leaves behind does.
    alert: "ArgoCdApplicationOutOfSync",
    expr: 'max by (name) (argocd_app_info{sync_status!="Synced"}) == 1',
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.name }} has not come into sync",
    description: "Its sync keeps failing, something changes it back, or an object with Prune=false has left git. Argo CD shows which.",
  },
  {
    alert: "ArgoCdApplicationUnhealthy",
    expr: 'max by (name, health_status) (argocd_app_info{health_status!~"Healthy|Progressing|Suspended"}) == 1',
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.name }} is {{ $labels.health_status }}",
    description: "One of its objects is. Argo CD shows which.",
  },
  {
    alert: "ArgoCdSyncDisabled",
    expr: 'max by (name) (argocd_app_info{autosync_enabled="false"}) == 1',
    for: "6h",
    severity: "warning",
    summary: "Somebody has switched off {{ $labels.name }}'s sync",
    description: "Git no longer says what runs there. Its ApplicationSet should have switched it on again.",
  },
  {
    alert: "ArgoCdGitUnreachable",
    expr: "sum by (repo) (increase(argocd_git_lsremote_fail_total[15m])) > 0 or sum by (repo) (increase(argocd_git_fetch_fail_total[15m])) > 0",
    for: "30m",
    severity: "critical",
    summary: "Argo CD cannot read {{ $labels.repo }}",
    description: "What runs goes on running and is healed from the cache, but no commit arrives.",
  },
  {
    alert: "ArgoCdBehind",
    expr: "max by (server) (argocd_cluster_cache_age_seconds) > 3 * 3600",
    for: "15m",
    severity: "warning",
    summary: "What Argo CD knows of {{ $labels.server }} is old",
    description: "It should list everything there again every hour. The controller is short of CPU or memory, or is held up by the API server.",
  },
];

/** What of Argo CD is scraped, and what an owner must know. */
export const watches = (settings: Settings, withDex: boolean): Watches => ({
  metrics: {
    ...metrics,
    ...(withDex ? { "dex-server": dexMetrics } : {}),
    ...(settings.notifications.to === "nobody" ? {} : { "notifications-controller": notificationsMetrics }),
  },
  rules: [{ name: "argo-cd", rules }],
});
