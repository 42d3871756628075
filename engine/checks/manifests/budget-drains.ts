import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { podsOf } from "./pods";
import { selects } from "./selector";

/** A budget always lets one pod go: otherwise no node under it can ever be drained. */
export const budgetDrains = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) =>
    it.manifests
      .filter(({ kind }) => kind === "PodDisruptionBudget")
      .flatMap((budget) => {
        const blocks = blocked(budget, replicasUnder(budget, it));
        return blocks === undefined
          ? []
          : [
              error({
                rule: "budget-drains",
                address: it.release.address,
                found: `${objectName(budget)}: ${blocks}`,
                expected: "a budget that lets one pod go at a time",
                fix: "Set maxUnavailable: 1, or run more replicas, or write no budget",
              }),
            ];
      }),
  );

function blocked(budget: Manifest, replicas: number | undefined): string | undefined {
  const most = fieldOf(budget, "spec", "maxUnavailable");
  const least = fieldOf(budget, "spec", "minAvailable");
  if (most === 0 || most === "0%") return `maxUnavailable ${most}`;
  if (least === "100%" || (typeof least === "number" && replicas !== undefined && least >= replicas))
    return `minAvailable ${least} of ${replicas ?? "all"} replicas`;
  return undefined;
}

/** How many pods it speaks of, or undefined where it depends on the number of nodes. */
function replicasUnder(budget: Manifest, it: Built): number | undefined {
  const selector = fieldOf(budget, "spec", "selector");
  const counts = [
    ...podsOf(it)
      .filter(({ labels }) => selects(selector, labels))
      .map(({ manifest }) => (manifest.kind === "DaemonSet" ? undefined : Number(fieldOf(manifest, "spec", "replicas") ?? 1))),
    ...it.release.makes.filter(({ labels }) => selects(selector, labels)).map(({ count }) => (count === "per-node" ? undefined : count)),
  ];
  return counts.length && !counts.includes(undefined) ? counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) : undefined;
}
