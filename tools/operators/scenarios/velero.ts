import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { externalSnapshotter } from "./external-snapshotter";
import { VELERO, veleroAssertions } from "./velero-copies";
import { comesBack } from "./velero-first-start";
import { accounts, changes, inFiles, nodeAgentOn, prepareVelero, server } from "./velero-programs";

/** Copies snapshots of volumes night after night, and drills that they come back; the buckets are directories of this machine. */
export const velero: Operator = {
  name: "velero",
  parts: [server, nodeAgentOn(nodeOf)],
  needs: [externalSnapshotter],
  accounts,
  programs: ["velero-files"],
  changes,
  prepare: prepareVelero,
  applied: (object, cluster) => (isAgentConfig(object) ? onOneNode(object, cluster) : inFiles(object)),
  examine: async (cluster) => [...(await veleroAssertions(cluster)), ...(await comesBack(cluster, { copies: "datauploads", restores: "datadownloads" }))],
};

/** A node that anything may run on. */
function nodeOf({ running }: LabCluster): string {
  return running.under.nodes.find(({ taints }) => taints.length === 0)?.name ?? "";
}

const isAgentConfig = ({ kind, metadata }: KubernetesObject): boolean => kind === "ConfigMap" && metadata.name === "node-agent-config" && metadata.namespace === VELERO;

function onOneNode(object: KubernetesObject, cluster: LabCluster): KubernetesObject {
  const { data } = z.looseObject({ data: z.object({ "config.json": z.string() }) }).parse(object);
  const config = z.looseObject({}).parse(JSON.parse(data["config.json"]));
  const loadAffinity = [{ nodeSelector: { matchLabels: { "kubernetes.io/hostname": nodeOf(cluster) } } }];
  return { ...object, data: { "config.json": JSON.stringify({ ...config, loadAffinity }) } };
}
