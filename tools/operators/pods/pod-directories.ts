import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { LabCluster } from "../run/lab-cluster";

/** Where a kubelet keeps what its pods see. */
const KUBELET = "/var/lib/kubelet/pods";

const pod = z.looseObject({
  metadata: z.looseObject({ namespace: z.string(), uid: z.string() }),
  spec: z.looseObject({
    nodeName: z.string().optional(),
    containers: z.array(z.looseObject({ volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]) })),
    volumes: z.array(z.looseObject({ name: z.string(), hostPath: z.looseObject({ path: z.string() }).optional(), persistentVolumeClaim: z.looseObject({ claimName: z.string() }).optional() })).default([]),
  }),
});

/** The kubelet's directory of pods, as it lies on this machine. */
export const podDirectories = ({ testbed }: Pick<LabCluster, "testbed">): string => path.join(testbed.processes.directory, "kubelet-pods");

/** Makes the kubelet's directory of each pod, and tells how many were missing. */
export async function keepPodDirectories(cluster: LabCluster): Promise<number> {
  const pods = await cluster.running.api.client.list("v1", "Pod");
  return pods.filter(({ metadata }) => mkdirSync(path.join(podDirectories(cluster), metadata.uid ?? ""), { recursive: true }) !== undefined).length;
}

/** Shows the claimed volumes of the pods of a namespace that are on a node, as {@link mountVolumes} does; those without a volume yet are left. */
export async function keepVolumeDirectories(cluster: LabCluster, namespace: string, node: string): Promise<void> {
  const pods = await cluster.running.api.client.list("v1", "Pod", namespace);
  for (const object of pods.filter((each) => pod.parse(each).spec.nodeName === node)) await linkVolumes(cluster, object, (name) => cluster.volumes.directoryIfBound(namespace, name));
}

/** Shows a pod's claimed volumes where a kubelet mounts those that are directories of the machine: volumes/kubernetes.io~local-volume. */
export const mountVolumes = (cluster: LabCluster, object: KubernetesObject): Promise<void> => linkVolumes(cluster, object, (name) => cluster.volumes.directoryOf(object.metadata.namespace ?? "", name));

async function linkVolumes(cluster: LabCluster, object: KubernetesObject, directoryOf: (claim: string) => Promise<string | undefined>): Promise<void> {
  const { metadata, spec } = pod.parse(object);
  const mounted = path.join(podDirectories(cluster), metadata.uid, "volumes", "kubernetes.io~local-volume");
  for (const { persistentVolumeClaim } of spec.volumes) {
    const directory = persistentVolumeClaim && (await directoryOf(persistentVolumeClaim.claimName));
    if (directory === undefined) continue;
    mkdirSync(mounted, { recursive: true });
    linkOnce(directory, path.join(mounted, path.basename(directory)));
  }
}

function linkOnce(target: string, link: string): void {
  try {
    symlinkSync(target, link);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
  }
}

/** What a pod mounts of the kubelet's directory, as directories of this machine by where its first container sees them. */
export function kubeletMounts(object: KubernetesObject, directory: string): Readonly<Record<string, string>> {
  const { spec } = pod.parse(object);
  const mounts = (spec.containers[0]?.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const host = spec.volumes.find((volume) => volume.name === name)?.hostPath?.path;
    return host === KUBELET || host?.startsWith(`${KUBELET}/`) ? [[mountPath, path.join(directory, path.relative(KUBELET, host))]] : [];
  });
  return Object.fromEntries(mounts) as Record<string, string>;
}
