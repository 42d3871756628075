import path from "node:path";
import { startPod } from "../../control-plane/pods/start-pod";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";
import { adapted } from "../pods/adaptation";
import { keepMounted, mountsOf } from "../pods/mounted-files";
import { forwardService } from "../pods/service-forwarder";
import { committed, type LabCluster } from "./lab-cluster";
import type { Operator, Part } from "./operator";

/** Starts every part of an operator as its committed Deployment says; returns what ends with the run, besides processes. */
export async function startOperator(cluster: LabCluster, operator: Operator, program: string, signal: AbortSignal): Promise<void> {
  for (const part of operator.parts) await startPart(cluster, part, program, signal);
}

/** The committed Deployment that a part is. */
export function deploymentOf(cluster: LabCluster, { deployment }: Part): KubernetesObject {
  const found = committed(cluster, "Deployment").find(({ metadata }) => metadata.name === deployment);
  if (found === undefined) throw new Error(`dist/${cluster.running.under.name} has no Deployment ${deployment}`);
  return found;
}

async function startPart(cluster: LabCluster, part: Part, program: string, signal: AbortSignal): Promise<void> {
  const { testbed, running } = cluster;
  const deployment = deploymentOf(cluster, part);
  const { name, namespace = "" } = deployment.metadata;
  const root = path.join(testbed.processes.directory, "roots", name);
  await keepMounted(running, namespace, mountsOf(deployment, root), signal, (cause) => testbed.processes.fail(cause));
  if (part.webhook !== undefined) {
    const server = await forwardService(running, namespace, part.webhook.service, part.webhook.port);
    signal.addEventListener("abort", () => server.close());
  }
  const { flags = {}, environment = {} } = part.at?.(root) ?? {};
  const podName = part.podNameVariable === undefined ? {} : { [part.podNameVariable]: await podOf(cluster, deployment) };
  await startPod(testbed, running, {
    workload: adapted(deployment, root, { ...part, flags: { ...part.flags, ...flags } }),
    program,
    environment: { TMPDIR: path.join(root, "tmp"), ...environment, ...podName },
    args: [],
  });
}

/** The name of a pod of a Deployment: the process takes the place of what KWOK only pretends to run. */
async function podOf({ running }: LabCluster, { metadata }: KubernetesObject): Promise<string> {
  const { client, process } = running.api;
  const what = `a pod of ${metadata.name}`;
  return until({ what, timeoutSeconds: 60, everyMilliseconds: 500, signal: process.died }, async () => {
    const pods = await client.list("v1", "Pod", metadata.namespace);
    const own = pods.filter((pod) => pod.metadata.name.startsWith(`${metadata.name}-`) && fieldOf(pod, "status", "phase") === "Running");
    return own[0]?.metadata.name;
  });
}
