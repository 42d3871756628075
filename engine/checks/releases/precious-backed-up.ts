import { warning, type Finding } from "../../model/finding";
import type { World } from "../../model/resolve";
import { groupsOf } from "../groups";

/** What is precious is backed up. One warning for each cluster, so that many stores do not drown the rest. */
export function preciousBackedUp(world: World): readonly Finding[] {
  const stores = world.releases
    .filter(({ cluster }) => !cluster.provides.backup)
    .flatMap((release) =>
      Object.entries(release.needs.stores ?? {})
        .filter(([, { worth }]) => worth === "precious")
        .map(([name]) => ({ release, name })),
    );
  return [...groupsOf(stores, ({ release }) => release.cluster.name)].map(([cluster, unprotected]) =>
    warning({
      rule: "precious-backed-up",
      address: cluster,
      found: `${unprotected.length === 1 ? "a precious store" : `${unprotected.length} precious stores`} and no backup: ${unprotected.map(({ release, name }) => `${release.name}'s ${name}`).join(", ")}`,
      expected: "a backup of everything precious",
      fix: "Add `backup` to the cluster's `provides`, or call the stores rebuildable if they are",
    }),
  );
}
