import { lossOf } from "../../argocd/guards";
import { syncOptionsOf } from "../../argocd/sync-options";
import { fieldOf } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { textsAt } from "../list-at";

/** What keeps an object that holds data: the two options that Argo CD reads, and finalizers. */
export const guards: Rule = {
  name: "guards",
  judge: ({ before, after, fate }) => {
    if (!before || !after || fate !== "apply") return [];
    const [was, is] = [syncOptionsOf(before), syncOptionsOf(after)];
    const loss = lossOf(after);
    const lost = ["Prune=false", "Delete=false"].filter((guard) => was.includes(guard) && !is.includes(guard));
    const { gone: dropped } = comeAndGone(textsAt(before, "metadata", "finalizers"), textsAt(after, "metadata", "finalizers"));
    const verdicts: readonly (Verdict | undefined)[] = [
      lost.length && loss !== undefined ? { effect: "data at risk", field: "metadata.annotations", says: `${lost.join(" and ")} no longer ${lost.length === 1 ? "guards" : "guard"} it: once it leaves git, Argo CD deletes it: ${loss}` } : undefined,
      lost.length && loss === undefined ? { effect: "live change", field: "metadata.annotations", says: `${lost.join(" and ")} no longer ${lost.length === 1 ? "guards" : "guard"} it` } : undefined,
      dropped.length ? { effect: loss === undefined ? "live change" : "data at risk", field: "metadata.finalizers", says: `${dropped.join(", ")} no longer ${dropped.length === 1 ? "holds" : "hold"} its deletion back` } : undefined,
      fieldOf(after, "metadata", "deletionTimestamp") !== undefined ? { effect: "data at risk", field: "metadata.deletionTimestamp", says: "it asks to be deleted" } : undefined,
    ];
    return verdicts.filter((it) => it !== undefined);
  },
};
