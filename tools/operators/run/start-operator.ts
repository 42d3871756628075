import path from "node:path";
import { z } from "zod";
import { startPod } from "../../control-plane/pods/start-pod";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { until, type Patience } from "../../control-plane/processes/until";
import { adapted } from "../pods/adaptation";
import { absentOf, boundMounts, keepMounted, mountsOf } from "../../control-plane/pods/mounted-files";
import { forwardService } from "../pods/service-forwarder";
import { committed, type LabCluster } from "./lab-cluster";
import type { Operator, Part } from "./operator";

/** Starts every part of an operator as its committed workload says; what goes on beside the processes ends with the run. */
export async function startOperator(cluster: LabCluster, operator: Operator): Promise<void> {
  await operator.prepare?.(cluster);
  for (const part of operator.parts) await startPart(cluster, part);
}

/** The workload that a part is: committed, or made by another operator. */
export async function workloadOf(cluster: LabCluster, part: Part): Promise<KubernetesObject> {
  const { workload, kind = "Deployment", madeIn } = part;
  const found = committed(cluster, kind).find(({ metadata }) => metadata.name === workload);
  if (found !== undefined) return found;
  if (madeIn === undefined) throw new Error(`dist/${cluster.running.under.name} has no ${kind} ${workload}`);
  const { client } = cluster.running.api;
  const reference = { apiVersion: "apps/v1", kind, metadata: { name: workload, namespace: madeIn } };
  return until(patience(cluster, describeObject(reference)), () => client.get(reference));
}

/** Where the files of a part lie that no object of the API holds. */
export const rootOf = ({ testbed }: LabCluster, { workload }: Part): string => path.join(testbed.processes.directory, "roots", workload);

async function startPart(cluster: LabCluster, part: Part): Promise<void> {
  const { testbed, running, programs, ending } = cluster;
  const workload = await workloadOf(cluster, part);
  const { namespace = "" } = workload.metadata;
  const root = rootOf(cluster, part);
  const mounts = mountsOf(workload, root);
  // A kubelet would not start the container before.
  await until(patience(cluster, `what ${describeObject(workload)} mounts`), async () => {
    const absent = await absentOf(running, namespace, mounts);
    if (absent !== undefined) throw new Error(`${absent} does not exist`);
    return true;
  });
  await keepMounted(running, namespace, mounts, ending, (cause) => testbed.processes.fail(cause));
  if (part.webhook !== undefined) {
    const server = await forwardService(running, namespace, part.webhook.service, part.webhook.port);
    ending.addEventListener("abort", () => server.close());
  }
  const { environment = {}, mounts: more = {} } = part.here?.(cluster) ?? {};
  const pod = await podOf(cluster, workload, await part.on?.(cluster));
  const process = {
    workload: adapted(workload, part),
    pod,
    program: programs.get(part.program)!,
    environment,
    mounts: { ...boundMounts(mounts, root), ...more },
    args: [],
  };
  await until(patience(cluster, `what ${describeObject(workload)} takes from Secrets and ConfigMaps`), () => startPod(testbed, running, process));
}

const selected = z.looseObject({ spec: z.looseObject({ selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }) }) });

/** A pod of a workload: the process takes the place of what KWOK only pretends to run. */
async function podOf(cluster: LabCluster, workload: KubernetesObject, node: string | undefined): Promise<KubernetesObject> {
  const labels = Object.entries(selected.parse(workload).spec.selector.matchLabels);
  return until(patience(cluster, `a pod of ${describeObject(workload)}`), async () => {
    const pods = await cluster.running.api.client.list("v1", "Pod", workload.metadata.namespace);
    const running = pods.filter((pod) => fieldOf(pod, "status", "phase") === "Running" && [undefined, fieldOf(pod, "spec", "nodeName")].includes(node));
    return running.find(({ metadata }) => labels.every(([label, value]) => metadata.labels?.[label] === value));
  });
}

const patience = ({ running }: LabCluster, what: string): Patience => ({ what, timeoutSeconds: 90, everyMilliseconds: 500, signal: running.api.process.died });
