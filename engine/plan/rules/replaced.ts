import { lossOf } from "../../argocd/guards";
import type { Rule } from "../change";
import { syncOptionsOf } from "../../argocd/sync-options";
import type { Manifest } from "../../model/manifest";
import { pathText } from "../field-change";

const isOnlyForced = (manifest: Manifest): boolean => syncOptionsOf(manifest).includes("Force=true") && !syncOptionsOf(manifest).includes("Replace=true");

/** Objects that are deleted and made anew whenever they change, because they say `Force=true,Replace=true`. */
export const replaced: Rule = {
  name: "force-replace",
  judge: ({ fate, before, after, fields }) => {
    if (after && (fate === "apply" || fate === "create") && isOnlyForced(after)) return [{ effect: "live change", field: "metadata.annotations", refused: true, says: "Argo CD refuses it: --force cannot be used with --server-side, unless Replace=true stands beside it" }];
    if (fate !== "replace" || before === undefined) return [];
    const field = pathText(fields[0]?.path ?? []);
    const loss = lossOf(before);
    return loss === undefined
      ? [{ effect: "recreate", field, says: "Argo CD deletes it and makes it anew, as its Force=true,Replace=true says" }]
      : [{ effect: "data at risk", field, says: `Argo CD deletes it and makes it anew, as its Force=true,Replace=true says: ${loss}` }];
  },
};
