import type { World } from "../../../engine/model/resolve";
import type { StartEdge } from "../../../engine/model/start-order";
import { leansOn } from "../../../engine/proofs/order/waits";
import { builtOf } from "./committed";
import { groups } from "./groups";
import type { ReleaseOutput } from "./lab-output";

/**
 * What the releases of a lab cannot be without: whatever they start after, on any cluster, and what their committed objects name,
 * stand in or are made by on their own.
 */
export function leaningOf(world: World, releases: readonly ReleaseOutput[]): readonly StartEdge[] {
  const built = releases.flatMap(({ cluster, app, manifests }) => {
    const release = world.release(`${cluster}/${app}`);
    return release === undefined ? [] : [builtOf({ release, manifests: manifests.map(({ object }) => object) })];
  });
  const byCluster = groups(built, ({ release }) => release.cluster.name);
  return [...world.startEdges(), ...[...byCluster.values()].flatMap(leansOn)];
}

/** Some releases of a lab with all that they lean on, and what those lean on, in the order of all. */
export function withWhatTheyLeanOn(wanted: readonly ReleaseOutput[], all: readonly ReleaseOutput[], edges: readonly StartEdge[]): readonly ReleaseOutput[] {
  const leanings = groups(edges, ({ from }) => from);
  const found = new Set(wanted.map(addressOf));
  for (const address of found) for (const { to } of leanings.get(address) ?? []) found.add(to);
  return all.filter((release) => found.has(addressOf(release)));
}

const addressOf = ({ cluster, app }: ReleaseOutput): string => `${cluster}/${app}`;
