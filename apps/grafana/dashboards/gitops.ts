import { graph, number, table, window, type Dashboard } from "./panel";

/** Argo CD: whether every cluster is what git says. */
export const gitops: Dashboard = {
  name: "gitops",
  title: "GitOps",
  rows: [
    {
      title: "Now",
      panels: [
        number("Applications", "short", "count(argocd_app_info)"),
        number("Out of sync", "short", 'count(argocd_app_info{sync_status!="Synced"}) or vector(0)', { badFrom: 1 }),
        number("Not healthy", "short", 'count(argocd_app_info{health_status!="Healthy"}) or vector(0)', { badFrom: 1 }),
        number("Clusters out of reach", "short", "count(argocd_cluster_connection_status == 0) or vector(0)", { badFrom: 1 }),
      ],
    },
    {
      title: "Applications",
      panels: [
        table("Out of sync or not healthy", "short", 'sum by (name, dest_server, sync_status, health_status) (argocd_app_info{sync_status!="Synced"} or argocd_app_info{health_status!="Healthy"})'),
        graph("Syncs", "short", { "{{phase}}": "sum by (phase) (increase(argocd_app_sync_total[1h]))" }),
      ],
    },
    {
      title: "Argo CD itself",
      panels: [
        graph("Reconciling takes (95th percentile)", "s", { "{{dest_server}}": `histogram_quantile(0.95, sum by (le, dest_server) (rate(argocd_app_reconcile_bucket${window})))` }),
        graph("Age of what it knows of a cluster", "s", { "{{server}}": "max by (server) (argocd_cluster_cache_age_seconds)" }, { badFrom: 3 * 3600 }),
        graph("Requests to git", "reqps", { "{{request_type}}": `sum by (request_type) (rate(argocd_git_request_total${window}))` }),
        graph("Requests to git that failed", "reqps", { fetch: `sum(rate(argocd_git_fetch_fail_total${window}))`, list: `sum(rate(argocd_git_lsremote_fail_total${window}))` }),
      ],
    },
  ],
};
