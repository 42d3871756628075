import { lossOf } from "../../argocd/guards";
import type { Rule } from "../change";
import { pathText } from "../field-change";

/** Objects that are deleted and made anew whenever they change, because they say `Force=true,Replace=true`. */
export const replaced: Rule = {
  name: "force-replace",
  judge: ({ fate, before, fields }) => {
    if (fate !== "replace" || before === undefined) return [];
    const field = pathText(fields[0]?.path ?? []);
    const loss = lossOf(before);
    return loss === undefined
      ? [{ effect: "recreate", field, says: "Argo CD deletes it and makes it anew, as its Force=true,Replace=true says" }]
      : [{ effect: "data at risk", field, says: `Argo CD deletes it and makes it anew, as its Force=true,Replace=true says: ${loss}` }];
  },
};
