import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome, unlessTrue } from "./condition";

const METRICS = "metrics.k8s.io/v1beta1";

/** Answers what pods and nodes use, through the API server's own aggregation. */
export const metricsServer: Operator = {
  name: "metrics-server",
  parts: [{ workload: "metrics-server", program: "metrics-server", flags: { "--secure-port": "18450" }, webhook: { service: "metrics-server", port: 18450 } }],
  changes: ["what kubelets tell it is made up"],
  examine: async (cluster) => [
    ...(await Promise.all(committed(cluster, "APIService").map((object) => isAvailable(cluster, object)))),
    await tells(cluster, "NodeMetrics", "every node uses", () => Promise.resolve(cluster.running.under.nodes.map(({ name }) => name))),
    await tells(cluster, "PodMetrics", "every pod uses that runs", () => runningPods(cluster)),
  ],
};

async function isAvailable(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  return { says: `${describeObject(object)} is available to the API server`, problems: await awaited(cluster, object, unlessTrue("Available")) };
}

/** What `kubectl top` asks for. There is none of what was read only once: use is what two readings differ by. */
async function tells(cluster: LabCluster, kind: string, what: string, wanted: () => Promise<readonly string[]>): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  const problems = await awaitedOutcome(process.died, kind, async () => {
    const told = (await client.list(METRICS, kind)).map(({ metadata }) => metadata.name);
    const missing = (await wanted()).find((name) => !told.includes(name));
    return missing && `there is none of ${missing}`;
  });
  return { says: `the API server hands on what ${what}`, problems };
}

async function runningPods({ running }: LabCluster): Promise<readonly string[]> {
  const pods = await running.api.client.list("v1", "Pod");
  return pods.filter((pod) => fieldOf(pod, "status", "phase") === "Running").map(({ metadata }) => metadata.name);
}
