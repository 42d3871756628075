import { hostsOwner } from "../../model/backup-target";
import { keptStores } from "../../model/copies";
import { warning, type Finding } from "../../model/finding";
import type { World } from "../../model/resolve";
import { groupsOf } from "../groups";

/** What is precious is backed up. One warning for each cluster, so that many stores do not drown the rest. */
export const preciousBackedUp = (world: World): readonly Finding[] => [...withoutProvider(world), ...withoutTool(world)];

function withoutProvider(world: World): readonly Finding[] {
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

/** What the cluster's provider does not copy, because the plan gives it to a tool that nothing runs: a mirror of buckets. */
function withoutTool(world: World): readonly Finding[] {
  const copying = new Set([hostsOwner, ...world.lab.clusters.filter(({ provides }) => provides.backup).map(({ name }) => name)]);
  const waiting = keptStores(world).filter(({ written, target }) => !written && copying.has(target.owner));
  return [...groupsOf(waiting, ({ target }) => `${target.owner} ${target.writer}`).values()].map((same) =>
    warning({
      rule: "precious-backed-up",
      address: same[0]?.target.owner ?? "",
      found: `the plan gives ${same.map(({ of }) => `${of.address}'s ${of.name}`).join(", ")} to ${same[0]?.target.writer}, and nothing runs it`,
      expected: "a backup of everything precious",
      fix: "Place what runs it, keep the data in a volume, or call the stores rebuildable if they are",
    }),
  );
}
