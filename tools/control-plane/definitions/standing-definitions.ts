import type { Cluster } from "../../../engine/model/cluster";
import type { World } from "../../../engine/model/resolve";
import { operatorsOf } from "../../../engine/schema-findings";
import { importedOperators } from "../../../imports/operators";
import type { KubernetesObject } from "../kubernetes/object";
import type { DefinitionSource } from "./definition-source";

/** The definitions that a cluster has before anything is synced to it, such as its CNI's: what brings them does not run here. */
export function standingDefinitions(world: World, cluster: Cluster, elsewhere: readonly DefinitionSource[]): readonly KubernetesObject[] {
  const known = new Set(operatorsOf(world, cluster).map(({ name }) => name));
  const standing = importedOperators.filter(({ name, broughtBy }) => broughtBy !== undefined && known.has(name));
  return standing.flatMap(({ kinds }) =>
    kinds.map(({ group, versions, kind }) => {
      const found = elsewhere.flatMap((source) => source.find(`${group}/${versions[0] ?? ""}`, kind) ?? [])[0];
      if (found === undefined) throw new Error(`no definition of ${kind} of ${group} anywhere`);
      return found;
    }),
  );
}
