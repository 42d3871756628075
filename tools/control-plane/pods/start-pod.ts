import { cacheDirectory } from "../build/cache-directory";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { describeObject, fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { Running } from "../processes/processes";
import { containerEnvironment, expanded, type Lookup } from "./container-environment";
import { podTemplateOf } from "./pod-template";
import { serviceAccountFiles } from "./service-account-files";

/** How a container's manifest becomes a process here. */
export interface PodProcess {
  /** The workload, as the API server has it. */
  readonly workload: KubernetesObject;
  /** The program that the container's image would hold. */
  readonly program: string;
  /** Replaces or adds to the container's environment: paths that exist in its image only. */
  readonly environment: Readonly<Record<string, string>>;
  /** Which of a StatefulSet's pods it is; the first without. */
  readonly ordinal?: number;
  /** The pod in whose place it runs, where that is looked up; without, one is made up. */
  readonly pod?: KubernetesObject;
  /** It may end, as a Job's pod does, without ending the run. */
  readonly mayEnd?: boolean;
  /** Directories and files of this machine, by where the container sees them. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Added to the container's arguments: ports that would collide, because every process shares one network. */
  readonly args: readonly string[];
}

/**
 * Runs the first container of a workload's pods as a process, with the arguments and the environment that its manifest
 * says, and its ServiceAccount's token where a pod has it.
 */
export async function startPod(testbed: Testbed, cluster: RunningCluster, { workload, program, environment, args, ordinal = 0, pod: real, mounts = {}, mayEnd = false }: PodProcess): Promise<Running> {
  const { name, namespace = "default" } = workload.metadata;
  const pod = real?.metadata.name ?? `${name}-${String(ordinal)}`;
  const { serviceAccount, containers } = podTemplateOf(workload);
  const container = containers[0]!;
  const { inside } = cluster.api;
  const all = { ...(await environmentOf(cluster, workload, pod, real)), KUBERNETES_SERVICE_HOST: inside.address, KUBERNETES_SERVICE_PORT: String(inside.port), ...environment };
  // The first word is the image's entry point, or the program itself where there is a command.
  const words = [...(container.command ?? []), ...(container.args ?? [])].map((word) => expanded(word, all));
  // A volume may stand where the programs are: at /tmp, when the cache is below it.
  const seen = Object.keys(mounts).length === 0 ? {} : { ...mounts, [cacheDirectory()]: cacheDirectory() };
  const given = words[0]?.startsWith("-") === true ? words : words.slice(1);
  return testbed.processes.start({
    name: [cluster.under.name, ...(real === undefined ? [] : [namespace]), pod].join("-"),
    program: testbed.binaries.testbed,
    args: ["pod", pod, await serviceAccountFiles(testbed, cluster, namespace, serviceAccount), ...Object.entries(seen).map(([target, source]) => `-mount=${source}:${target}`), "--", program, ...given, ...args],
    environment: all,
    mayEnd,
  });
}

/** The environment of a workload's first container; throws where a kubelet could not start it yet. */
export async function environmentOf({ api, under }: RunningCluster, workload: KubernetesObject, name = `${workload.metadata.name}-0`, real?: KubernetesObject): Promise<Readonly<Record<string, string>>> {
  const { namespace = "default" } = workload.metadata;
  const { serviceAccount, containers } = podTemplateOf(workload);
  const pod = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": real?.metadata.uid ?? "",
    "spec.nodeName": String(fieldOf(real, "spec", "nodeName") ?? under.nodes[0]?.name ?? ""),
    "spec.serviceAccountName": serviceAccount,
    "status.podIP": "127.0.0.1",
    "status.hostIP": "127.0.0.1",
  };
  const lookup: Lookup = (kind, referenced) => api.client.get({ apiVersion: "v1", kind, metadata: { namespace, name: referenced } });
  try {
    return await containerEnvironment(containers[0]?.env ?? [], pod, lookup);
  } catch (cause) {
    throw new Error(`${describeObject(workload)} cannot start: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
