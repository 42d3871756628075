import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaitedOutcome } from "./condition";
import { textOf } from "./text-of";

const PORT = "18100";

/** Tells the state of every kind that its arguments name. */
export const kubeStateMetrics: Operator = {
  name: "kube-state-metrics",
  parts: [{ workload: "kube-state-metrics", program: "kube-state-metrics", flags: { "--port": PORT, "--telemetry-port": "18101" } }],
  examine: async (cluster) => [
    { says: "kube-state-metrics tells every committed Deployment", problems: await awaitedOutcome(cluster.running.api.process.died, "its metrics", () => untold(cluster)) },
    { says: "kube-state-metrics lists and watches every kind that it is told to", problems: await awaitedOutcome(cluster.running.api.process.died, "its own metrics", failedLists) },
  ],
};

async function untold(cluster: LabCluster): Promise<string | undefined> {
  const text = await textOf(`http://127.0.0.1:${PORT}/metrics`);
  const deployments = committed(cluster, "Deployment").map(({ metadata }) => `{namespace="${metadata.namespace ?? ""}",deployment="${metadata.name}"}`);
  return deployments.find((labels) => !text.includes(`kube_deployment_spec_replicas${labels}`));
}

/** The series kube_state_metrics_list_total and _watch_total: https://github.com/kubernetes/kube-state-metrics/blob/v2.19.1/README.md */
async function failedLists(): Promise<string | undefined> {
  const text = await textOf("http://127.0.0.1:18101/metrics");
  const totals = text.split("\n").filter((line) => /^kube_state_metrics_(list|watch)_total\{/.test(line));
  return totals.length === 0 ? "nothing has been listed yet" : totals.find((line) => line.includes('result="error"') && !line.endsWith(" 0"));
}
