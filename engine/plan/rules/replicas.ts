import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";

/** How many pods a workload has. */
export const replicas: Rule = {
  name: "replicas",
  judge: ({ kind, before, after, fate }) => {
    if (fate !== "apply" || !before || !after || !["Deployment", "StatefulSet", "ReplicaSet"].includes(kind)) return [];
    const [was, is] = [countOf(before), countOf(after)];
    if (was === is) return [];
    const verdict: Verdict =
      is === 0
        ? { effect: "outage", field: "spec.replicas", says: `${was === 1 ? "its pod stops" : `all ${was} pods stop`}, and none starts again` }
        : { effect: "live change", field: "spec.replicas", says: is > was ? `${is - was} more ${is - was === 1 ? "pod starts" : "pods start"}` : `${was - is} of ${was} pods stop` };
    return [verdict, ...scaledAway(after, is, was)];
  },
};

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention */
function scaledAway(set: Manifest, is: number, was: number): readonly Verdict[] {
  const deletes = fieldOf(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled") === "Delete";
  return deletes && is < was ? [{ effect: "data at risk", field: "spec.replicas", says: "the claims of pods that stop are deleted, as its whenScaled says" }] : [];
}

const countOf = (manifest: Manifest): number => Number(fieldOf(manifest, "spec", "replicas") ?? 1);
