import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { describeObject, type KubernetesObject } from "../kubernetes/object";
import type { Running } from "../processes/processes";
import { containerEnvironment, expanded } from "./container-environment";
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
  /** Added to the container's arguments: ports that would collide, because every process shares one network. */
  readonly args: readonly string[];
}

/**
 * Runs the first container of a workload's pods as a process, with the arguments and the environment that its manifest
 * says, and its ServiceAccount's token where a pod has it.
 */
export async function startPod(testbed: Testbed, cluster: RunningCluster, { workload, program, environment, args }: PodProcess): Promise<Running> {
  const { name, namespace = "default" } = workload.metadata;
  const { serviceAccount, containers } = podTemplateOf(workload);
  const container = containers[0]!;
  const { client, endpoint } = cluster.api;
  const pod = {
    "metadata.name": `${name}-0`,
    "metadata.namespace": namespace,
    "spec.nodeName": cluster.under.nodes[0]?.name ?? "",
    "spec.serviceAccountName": serviceAccount,
    "status.podIP": "127.0.0.1",
    "status.hostIP": "127.0.0.1",
  };
  const own = await containerEnvironment(container.env ?? [], pod, (kind, referenced) => client.get({ apiVersion: "v1", kind, metadata: { namespace, name: referenced } })).catch((cause: unknown) => {
    throw new Error(`${describeObject(workload)} cannot start: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  const all = { ...own, KUBERNETES_SERVICE_HOST: endpoint.address, KUBERNETES_SERVICE_PORT: String(endpoint.port), ...environment };
  // The first word is the image's entry point, or the program itself where there is a command.
  const words = [...(container.command ?? []), ...(container.args ?? [])].map((word) => expanded(word, all));
  const given = words[0]?.startsWith("-") === true ? words : words.slice(1);
  return testbed.processes.start({
    name: `${cluster.under.name}-${name}`,
    program: testbed.binaries.testbed,
    args: ["pod", await serviceAccountFiles(testbed, cluster, namespace, serviceAccount), "--", program, ...given, ...args],
    environment: all,
  });
}
