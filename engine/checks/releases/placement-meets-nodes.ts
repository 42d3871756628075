import { labelledNodes, labelsOf, tolerates } from "../../model/candidate-nodes";
import type { Cluster } from "../../model/cluster";
import { error, warning, type Finding } from "../../model/finding";
import { nearest } from "../../model/nearest";
import type { Toleration } from "../../model/placement";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";

/** What a placement says of nodes is true of some node of its cluster. */
export const placementMeetsNodes = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) => [...unknownLabels(release), ...idleTolerations(release)]);

function unknownLabels(release: Release): readonly Finding[] {
  if (labelledNodes(release).length > 0) return [];
  const { placement, cluster, address } = release;
  const alone = Object.entries(placement.on).filter(([key, value]) => !cluster.nodes.some((node) => labelsOf(node, cluster)[key] === value));
  const wanted = (alone.length ? alone : Object.entries(placement.on)).map(([key, value]) => `${key}=${value}`);
  const known = labelsIn(cluster);
  const meant = wanted[0] === undefined ? undefined : nearest(wanted[0], known);
  return [
    error({
      rule: "label-known",
      address,
      found: `it runs only on nodes with ${wanted.join(" and ")}, and ${cluster.name} has none`,
      expected: `labels that one node has, of: ${known.join(", ")}`,
      fix: meant ? `Write "${meant}"` : "Label a node, or change `on`",
    }),
  ];
}

const labelsIn = (cluster: Cluster): readonly string[] =>
  [...new Set(cluster.nodes.flatMap((node) => Object.entries(labelsOf(node, cluster)).map(([key, value]) => `${key}=${value}`)))].sort();

function idleTolerations({ placement, cluster, address }: Release): readonly Finding[] {
  const taints = cluster.nodes.flatMap((node) => node.taints);
  return placement.tolerates
    .filter((it) => !taints.some((taint) => tolerates({ ...it, operator: it.value === undefined ? "Exists" : "Equal" }, taint)))
    .map((it) =>
      warning({
        rule: "toleration-used",
        address,
        found: `it tolerates ${shown(it)}, and no node of ${cluster.name} has that taint`,
        expected: taints.length ? `one of: ${[...new Set(taints.map(shown))].join(", ")}` : "none: no node has a taint",
        fix: "Remove the toleration, or taint the node",
      }),
    );
}

const shown = ({ key, value, effect }: Toleration): string => `${key}${value === undefined ? "" : `=${value}`}:${effect}`;
