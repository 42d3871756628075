import { fieldOf, groupOf } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { leavesOf, pathText, type FieldChange } from "../field-change";

/** Fields of Rook's resources on which data stands. https://rook.io/docs/rook/latest-release/CRDs/Cluster/ceph-cluster-crd/ */
const dangers: readonly { readonly at: RegExp; readonly when?: (field: FieldChange) => boolean; readonly says: string }[] = [
  { at: /^spec\.cleanupPolicy\.confirmation$/, when: ({ after }) => after !== undefined && after !== "", says: "when the CephCluster is deleted, Rook destroys the data on every disk of it" },
  { at: /^spec\.cleanupPolicy\.allowUninstallWithVolumes$/, when: ({ after }) => after === true, says: "the CephCluster may be deleted while volumes are in use" },
  { at: /^spec\.dataDirHostPath$/, says: "monitors start with an empty directory: the cluster does not find itself again" },
  { at: /^spec\.storage\.useAllDevices$/, when: ({ after }) => after === true, says: "every empty disk becomes Ceph's, whatever it was meant for" },
  { at: /^spec\.storage\.deviceFilter$/, says: "other disks match: those that are empty become Ceph's" },
  { at: /^spec\.mon\.count$/, when: lowered, says: "fewer monitors: with one gone, or two of three, nothing is written any more" },
  { at: /(^|\.)replicated\.size$/, when: lowered, says: "fewer copies of everything in the pool" },
  { at: /(^|\.)requireSafeReplicaSize$/, when: ({ after }) => after === false, says: "one copy is enough: a broken disk is lost data" },
  { at: /(^|\.)erasureCoded\b/, says: "Ceph cannot change a pool's code: Rook refuses, and only a new pool gets there" },
  { at: /^spec\.preserveFilesystemOnDelete$/, when: ({ after }) => after !== true, says: "the filesystem and its pools are deleted with the resource" },
  { at: /^spec\.preservePoolsOnDelete$/, when: ({ after }) => after !== true, says: "the pools are deleted with the resource" },
];

function lowered({ before, after }: FieldChange): boolean {
  return Number(after) < Number(before);
}

export const ceph: Rule = {
  name: "ceph",
  judge: ({ before, after, fate, fields }) => {
    if (!before || !after || fate !== "apply" || groupOf(after) !== "ceph.rook.io") return [];
    const verdicts = fields.flatMap(leavesOf).flatMap((field): readonly Verdict[] => {
      const text = pathText(field.path);
      return dangers.filter(({ at, when }) => at.test(text) && (when?.(field) ?? true)).map(({ says }) => ({ effect: "data at risk", field: text, says }));
    });
    const moved = fields.filter(({ path }) => ["failureDomain", "deviceClass", "crushRoot"].includes(path.at(-1) ?? ""));
    const disks = fieldOf(after, "kind") === "CephCluster" ? fields.filter(({ path, after: now }) => path[1] === "storage" && path[2] === "nodes" && now === undefined) : [];
    return [
      ...verdicts,
      ...moved.map(({ path }): Verdict => ({ effect: "live change", field: pathText(path), says: "Ceph moves the pool's data to where it now belongs, which takes bandwidth for as long as it lasts" })),
      ...disks.map(({ path }): Verdict => ({ effect: "live change", field: pathText(path), says: "Rook takes no disk out by itself: its OSDs stay until they are purged by hand" })),
    ];
  },
};
