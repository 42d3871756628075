import { fieldOf } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { pathText } from "../field-change";
import { bytesIn } from "../quantity";
import { isRefused } from "./immutable";

/** A claim that is bound: its size may grow where its class allows it, and nothing else of it changes. */
export const volumeClaim: Rule = {
  name: "volume-claim",
  judge: (change, context) => {
    if (change.kind !== "PersistentVolumeClaim" || change.fate !== "apply") return [];
    const fixed = change.fields.filter((field) => isRefused(change, field, context)).map(({ path }): Verdict => ({
      effect: "data at risk",
      field: pathText(path),
      refused: true,
      says: "the API server refuses it, and the sync fails; to get there the claim has to be deleted, with what it holds, and made anew",
    }));
    return [...fixed, ...resized(change, context)];
  },
};

const sizePath = ["spec", "resources", "requests", "storage"];

function resized({ before, after, cluster }: ObjectChange, context: Context): readonly Verdict[] {
  const [was, is] = [before, after].map((it) => bytesIn(fieldOf(it, ...sizePath)));
  if (was === undefined || is === undefined || was === is) return [];
  const field = pathText(sizePath);
  if (is < was) return [{ effect: "data at risk", field, refused: true, says: "a claim never shrinks: the API server refuses it, and the sync fails; to get there it has to be deleted, with what it holds, and made anew" }];
  const name = fieldOf(after, "spec", "storageClassName");
  const storageClass = context.after.objectsOn(cluster).find(({ manifest }) => manifest.kind === "StorageClass" && manifest.metadata.name === name);
  if (fieldOf(storageClass?.manifest, "allowVolumeExpansion") === true) return [{ effect: "live change", field, says: "the volume grows; some drivers need the pod to start again before it sees the room" }];
  return [{ effect: "data at risk", field, refused: true, says: `${storageClass ? `StorageClass ${String(name)} does not allow volumes to grow` : `no StorageClass ${String(name)} in git allows volumes to grow`}: the API server refuses it, and the sync fails; to get there the claim has to be copied, deleted and made anew` }];
}
