import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";
import { keepVolumeDirectories, mountVolumes } from "../pods/pod-directories";
import { RESTORE_WAIT } from "../pods/restore-wait";
import { beside } from "../run/beside";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { SCRATCH, VELERO, veleroAssertions } from "./velero-copies";
import { comesBack, EMPTIED } from "./velero-first-start";
import { accounts, changes, inFiles, nodeAgentOn, prepareVelero, server } from "./velero-programs";

/**
 * The same where storage takes no snapshots: the node's agent copies the files of volumes that running pods have mounted. A
 * restored pod waits in an init container until its volumes have their files again.
 */
export const veleroFileCopies: Operator = {
  name: "velero-file-copies",
  parts: [server, nodeAgentOn(nodeOf)],
  accounts,
  programs: ["velero-files", "velero-restore-helper"],
  changes: [
    ...changes,
    "all other nodes are cordoned, so that what is drilled and restored comes to the one whose agent is run",
    "KWOK lets a restored pod run when the init container has ended that waits for its files; that one is Velero's own, as a process",
  ],
  suits: (objects) => objects.some(copiesFiles),
  prepare,
  applied: inFiles,
  examine: async (cluster) => [...(await veleroAssertions(cluster)), ...(await comesBack(cluster, { copies: "podvolumebackups", restores: "podvolumerestores" }))],
};

const copiesFiles = (object: KubernetesObject): boolean => object.kind === "Schedule" && object.metadata.name === EMPTIED && fieldOf(object, "spec", "template", "defaultVolumesToFsBackup") === true;

/** The node where the volume is that is copied. */
async function nodeOf({ running, objects }: LabCluster): Promise<string> {
  const claim = committed({ objects }, "PersistentVolumeClaim").find(({ metadata }) => metadata.namespace === EMPTIED)!;
  const { client, process } = running.api;
  return until({ what: `a node for ${EMPTIED}`, timeoutSeconds: 60, everyMilliseconds: 500, signal: process.died }, async () => (await client.get(claim))?.metadata.annotations?.["volume.kubernetes.io/selected-node"]);
}

async function prepare(cluster: LabCluster): Promise<void> {
  const node = await nodeOf(cluster);
  for (const { name } of cluster.running.under.nodes) if (name !== node) await cluster.running.api.client.patch({ apiVersion: "v1", kind: "Node", metadata: { name } }, { spec: { unschedulable: true } });
  for (const namespace of [EMPTIED, SCRATCH]) cluster.kubelet.followInit(namespace, RESTORE_WAIT, cluster.programs.get("velero-restore-helper")!, (pod) => mountVolumes(cluster, pod));
  await prepareVelero(cluster);
  beside(cluster, async () => {
    for (const namespace of [VELERO, SCRATCH, EMPTIED]) await keepVolumeDirectories(cluster, namespace, node);
  });
}
