import { fieldOf } from "../../model/manifest";
import type { Rule } from "../change";

/** A class decides for volumes that are made after the change; those that exist keep what they were made with. */
export const storageClass: Rule = {
  name: "storage-class",
  judge: ({ kind, before, after, fate }) => {
    if (!before || !after) return [];
    if (kind === "VolumeSnapshotClass") {
      return fieldOf(before, "deletionPolicy") !== "Delete" && fieldOf(after, "deletionPolicy") === "Delete" ? [{ effect: "data at risk", field: "deletionPolicy", says: "snapshots made from now on are deleted with the objects that name them" }] : [];
    }
    if (kind !== "StorageClass") return [];
    const policy = [before, after].map((it) => fieldOf(it, "reclaimPolicy") ?? "Delete");
    if (policy[0] !== policy[1] && policy[1] === "Delete") {
      return [{ effect: "data at risk", field: "reclaimPolicy", ...(fate === "apply" ? { refused: true as const } : {}), says: "volumes made from now on are deleted with their claims; those that exist stay as they are" }];
    }
    return fieldOf(before, "allowVolumeExpansion") === true && fieldOf(after, "allowVolumeExpansion") !== true ? [{ effect: "live change", field: "allowVolumeExpansion", says: "its volumes can grow no more" }] : [];
  },
};
