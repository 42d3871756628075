import type { Rule, Verdict } from "../change";
import { isUnder, pathText } from "../field-change";

/** Parts of a PersistentVolume that may change (ValidatePersistentVolumeUpdate in Kubernetes 1.36.3, pkg/apis/core/validation). */
const mutable = ["capacity", "accessModes", "claimRef", "mountOptions", "persistentVolumeReclaimPolicy", "storageClassName", "volumeAttributesClassName"];

/** A volume that is written in git, and not made for a claim. */
export const volume: Rule = {
  name: "volume",
  judge: ({ kind, fate, fields }) => {
    if (kind !== "PersistentVolume" || fate !== "apply") return [];
    return fields.filter(({ path }) => path[0] === "spec").flatMap(({ path, after }): readonly Verdict[] => {
      if (isUnder(path, "spec", "persistentVolumeReclaimPolicy") && after === "Delete") return [{ effect: "data at risk", field: pathText(path), says: "it is deleted with its claim, and what it holds with it" }];
      return mutable.includes(path[1] ?? "") ? [] : [{ effect: "data at risk", field: pathText(path), refused: true, says: "the API server refuses it, and the sync fails; to get there it has to be deleted and made anew" }];
    });
  },
};
