import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { Operator, Part } from "./operator";

/** What is committed for one cluster. */
export interface CommittedCluster {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** The operators that a cluster can show: their workloads are committed for it, or made by others that are there, and have something to do. */
export function placedOn({ objects }: CommittedCluster, operators: readonly Operator[]): readonly Operator[] {
  const isThere = ({ workload, kind, madeIn }: Part): boolean => madeIn !== undefined || objects.some((object) => object.kind === (kind ?? "Deployment") && object.metadata.name === workload);
  const isPlaced = ({ parts, needs = [], suits }: Operator): boolean => parts.every(isThere) && needs.every(isPlaced) && suits?.(objects) !== false;
  return operators.filter(isPlaced);
}

/** Operators with those that they need, in the order of all of them. */
export function withNeeded(wanted: readonly Operator[], all: readonly Operator[]): readonly Operator[] {
  const names = (operators: readonly Operator[]): readonly string[] => operators.flatMap(({ name, needs = [] }) => [name, ...names(needs)]);
  const needed = new Set(names(wanted));
  return all.filter(({ name }) => needed.has(name));
}

/** Where each operator is run: as few clusters as may be, the one with the most of them first. */
export function clustersFor(clusters: readonly CommittedCluster[], operators: readonly Operator[]): ReadonlyMap<string, readonly Operator[]> {
  const runs = new Map<string, readonly Operator[]>();
  let left = operators;
  while (left.length > 0) {
    const offers = clusters.map((cluster) => ({ name: cluster.name, placed: placedOn(cluster, left) }));
    const best = offers.reduce((most, offer) => (offer.placed.length > most.placed.length ? offer : most));
    if (best.placed.length === 0) break;
    runs.set(best.name, withNeeded(best.placed, operators));
    left = left.filter((operator) => !best.placed.includes(operator));
  }
  return runs;
}
