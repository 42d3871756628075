import { selects } from "../../checks/manifests/selector";
import type { Built } from "../../model/built";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { PodSet } from "./pods";

/** A PodDisruptionBudget with the pods that it speaks of. */
export interface Budget {
  readonly name: string;
  readonly address: string;
  /** How many of them may be gone at a time. */
  readonly spare: number;
  covers(set: PodSet): boolean;
}

export const budgetsOf = ({ release, manifests }: Built, sets: readonly PodSet[]): readonly Budget[] =>
  manifests
    .filter(({ kind }) => kind === "PodDisruptionBudget")
    .map((budget) => {
      const namespace = budget.metadata.namespace ?? release.namespace;
      const selector = fieldOf(budget, "spec", "selector");
      const covers = (set: PodSet) => set.namespace === namespace && selects(selector, set.labels);
      const pods = sets.filter(covers).reduce((sum, { count }) => sum + (count === "per-node" ? Infinity : count), 0);
      return { name: budget.metadata.name, address: release.address, spare: spareOf(budget, pods), covers };
    });

/** Of a share of the pods, the disruption controller rounds up. */
function spareOf(budget: Manifest, pods: number): number {
  const counted = (value: unknown): number => (typeof value === "string" ? Math.ceil((Number.parseFloat(value) / 100) * pods) : Number(value));
  const most = fieldOf(budget, "spec", "maxUnavailable");
  return most === undefined ? pods - counted(fieldOf(budget, "spec", "minAvailable") ?? 1) : counted(most);
}
