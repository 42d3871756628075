import { fieldOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule } from "../change";
import { podLabels, selects, workloadsIn } from "../pods";

/** A budget that lets nobody go stops every drain; one that is gone stops none. */
export const disruptionBudget: Rule = {
  name: "disruption-budget",
  judge: (change, context) => {
    const { kind, after, fate } = change;
    if (kind !== "PodDisruptionBudget" || !after || (fate !== "apply" && fate !== "create")) return [];
    const replicas = replicasOf(change, context);
    if (!blocks(after, replicas)) return [];
    return [{ effect: "live change", field: "spec", says: `of ${replicas} pods none may be evicted: a drain of their node waits until somebody deletes it` }];
  },
};

function blocks(budget: Manifest, replicas: number): boolean {
  const most = fieldOf(budget, "spec", "maxUnavailable");
  const least = fieldOf(budget, "spec", "minAvailable");
  if (most === 0 || most === "0%") return true;
  return least === "100%" || (least !== undefined && replicas > 0 && counted(least, replicas) >= replicas);
}

/** A share of the pods is rounded up: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages */
const counted = (value: unknown, replicas: number): number => (typeof value === "string" && value.endsWith("%") ? Math.ceil((Number.parseFloat(value) / 100) * replicas) : Number(value));

function replicasOf({ after, cluster, namespace }: ObjectChange, { after: neighbourhood }: Context): number {
  const selector = fieldOf(after, "spec", "selector", "matchLabels") ?? {};
  const chosen = workloadsIn(neighbourhood, cluster, namespace).filter(({ template }) => selects(selector, podLabels(template)));
  return chosen.reduce((sum, { manifest }) => sum + Number(fieldOf(manifest, "spec", "replicas") ?? 1), 0);
}
