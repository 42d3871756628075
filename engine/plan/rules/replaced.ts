import { lossOf } from "../../argocd/guards";
import type { Rule } from "../change";
import { syncOptionsOf } from "../../argocd/sync-options";
import type { Manifest } from "../../model/manifest";
import { pathText } from "../field-change";
import { isRefused } from "./immutable";

/** ServerSideDiff=true: engine/argocd/application-set.ts. */
const refusedBefore = "the API server refuses the dry run by which Argo CD compares it, which therefore never gets to delete it and make it anew; it has to be deleted by hand";

const isOnlyForced = (manifest: Manifest): boolean => syncOptionsOf(manifest).includes("Force=true") && !syncOptionsOf(manifest).includes("Replace=true");

/** Objects that are deleted and made anew whenever they change, because they say `Force=true,Replace=true`. */
export const replaced: Rule = {
  name: "force-replace",
  judge: (change, context) => {
    const { fate, before, after, fields } = change;
    if (after && (fate === "apply" || fate === "create") && isOnlyForced(after)) return [{ effect: "live change", field: "metadata.annotations", refused: true, says: "Argo CD refuses it: --force cannot be used with --server-side, unless Replace=true stands beside it" }];
    if (fate !== "replace" || before === undefined) return [];
    const field = pathText(fields[0]?.path ?? []);
    if (fields.some((it) => isRefused(change, it, context))) return [{ effect: "recreate", field, refused: true, says: refusedBefore }];
    const loss = lossOf(before);
    return loss === undefined
      ? [{ effect: "recreate", field, says: "Argo CD deletes it and makes it anew, as its Force=true,Replace=true says" }]
      : [{ effect: "data at risk", field, says: `Argo CD deletes it and makes it anew, as its Force=true,Replace=true says: ${loss}` }];
  },
};
