import { argoCd } from "../../apps/argo-cd/argo-cd";
import { place } from "../../engine/model/placement";
import { worldRunning } from "../lab-of";
import { failedCase, type Case } from "../rules/promtool";
import { describeWithGo } from "../rules/with-go";

const app = (name: string, sync: string, health: string, autosync = "true"): string =>
  `argocd_app_info{name="${name}", namespace="argocd", autosync_enabled="${autosync}", sync_status="${sync}", health_status="${health}"}`;

const cases: readonly Case[] = [
  {
    says: "a cluster whose API server is gone is named, its neighbour is not",
    alert: "ArgoCdClusterUnreachable",
    series: { 'argocd_cluster_connection_status{server="https://one:6443"}': "1x2 0x20", 'argocd_cluster_connection_status{server="https://two:6443"}': "1x22" },
    at: "15m",
    fires: [{ server: "https://one:6443", severity: "critical" }],
  },
  { says: "one that comes back is not", alert: "ArgoCdClusterUnreachable", series: { 'argocd_cluster_connection_status{server="https://one:6443"}': "0x5 1x20" }, at: "15m" },
  {
    says: "a sync that is retried without end is noticed by what it leaves behind",
    alert: "ArgoCdApplicationOutOfSync",
    series: { [app("one-web", "OutOfSync", "Healthy")]: "1x45", [app("one-db", "Synced", "Healthy")]: "1x45" },
    at: "40m",
    fires: [{ name: "one-web", severity: "warning" }],
  },
  { says: "a degraded application is named", alert: "ArgoCdApplicationUnhealthy", series: { [app("one-web", "Synced", "Degraded")]: "1x30" }, at: "20m", fires: [{ name: "one-web", health_status: "Degraded", severity: "warning" }] },
  { says: "one that makes progress is left alone", alert: "ArgoCdApplicationUnhealthy", series: { [app("one-web", "Synced", "Progressing")]: "1x30" }, at: "20m" },
  { says: "sync that somebody switched off is noticed", alert: "ArgoCdSyncDisabled", series: { [app("one-web", "Synced", "Healthy", "false")]: "1x400" }, at: "390m", fires: [{ name: "one-web", severity: "warning" }] },
  {
    says: "a repository that cannot be read is named, whichever request it is that fails",
    alert: "ArgoCdGitUnreachable",
    series: { 'argocd_git_lsremote_fail_total{repo="https://git.test.example/lab.git", revision="main"}': "0+1x60" },
    at: "50m",
    fires: [{ repo: "https://git.test.example/lab.git", severity: "critical" }],
  },
  { says: "what it knows of a cluster is old", alert: "ArgoCdBehind", series: { 'argocd_cluster_cache_age_seconds{server="https://one:6443"}': "20000x30" }, at: "20m", fires: [{ server: "https://one:6443", severity: "warning" }] },
];

const groups = worldRunning(place(argoCd)).releases[0]?.needs.watches?.rules ?? [];

describeWithGo("Argo CD's alerts, asked of promtool", ["promtool"], () => {
  test.each(cases)("$alert: $says", (it) => {
    expect(failedCase(groups, it)).toBe("");
  });
});

test("every alert has a case", () => {
  const alerts = groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
  expect([...new Set(cases.map(({ alert }) => alert))].sort()).toEqual([...alerts].sort());
});
