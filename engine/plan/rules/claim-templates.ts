import { fieldOf } from "../../model/manifest";
import type { Rule } from "../change";

/** Claims that a StatefulSet makes, and what becomes of them. https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention */
export const claimTemplates: Rule = {
  name: "claim-templates",
  judge: ({ kind, before, after, fate }) => {
    if (kind !== "StatefulSet") return [];
    const policy = (when: string) => [before, after].map((it) => fieldOf(it, "spec", "persistentVolumeClaimRetentionPolicy", when) ?? "Retain");
    const [was, is] = policy("whenDeleted");
    if ((fate === "prune" || fate === "replace") && was === "Delete") return [{ effect: "data at risk", field: "spec.persistentVolumeClaimRetentionPolicy", says: "its claims are deleted with it, as its whenDeleted says" }];
    if (fate !== "apply") return [];
    return ["whenDeleted", "whenScaled"].flatMap((when) => {
      const [old, now] = when === "whenDeleted" ? [was, is] : policy(when);
      return old !== now && now === "Delete"
        ? [{ effect: "data at risk" as const, field: `spec.persistentVolumeClaimRetentionPolicy.${when}`, says: `from now on its claims are deleted ${when === "whenDeleted" ? "with it" : "with pods that are scaled away"}` }]
        : [];
    });
  },
};
