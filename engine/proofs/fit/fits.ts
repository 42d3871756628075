import { groupsOf } from "../../checks/groups";
import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, warning, type Finding } from "../../model/finding";
import { bytesFrom } from "../../model/quantity";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { budgetsOf } from "./budgets";
import { imagesFit } from "./disks";
import { lossesOf, type Loss } from "./losses";
import { pack, seatMore, type Packing } from "./pack";
import { nodeLabels, podSetsOf, systemPodsOf, type PodSet } from "./pods";
import { quotasHold } from "./quotas";
import { mayStand } from "./room";

/** Every pod finds a node, and goes on finding one in a rollout, in a drain, and when any one node is gone. */
export function fits(built: readonly Built[], world: World): readonly Finding[] {
  const byCluster = groupsOf(built, ({ release }) => release.cluster.name);
  return world.lab.clusters.flatMap((cluster) => {
    const here = byCluster.get(cluster.name);
    if (!here) return [];
    const sets = podSetsOn(cluster, here);
    const packing = pack(cluster, sets);
    if (packing.unplaced.length) return [...new Set(packing.unplaced)].map((set) => homeless(cluster, set));
    const losses = lossesOf(cluster, sets, packing);
    return [...imagesFit(cluster, packing, world.lab.imageSizes), ...quotasHold(cluster, here, packing), ...stuckRollouts(packing, sets), ...stuckDrains(cluster, here, sets, losses), ...lost(cluster, losses), ...needlessReasons(here, losses)];
  });
}

/** Every pod of one cluster, what its distribution runs itself included. */
export const podSetsOn = (cluster: Cluster, built: readonly Built[]): readonly PodSet[] => [...systemPodsOf(cluster), ...built.filter(({ release }) => release.cluster === cluster).flatMap(podSetsOf)];

function homeless(cluster: Cluster, set: PodSet): Finding {
  const labels = nodeLabels(cluster);
  const possible = cluster.nodes.filter((node) => mayStand(set, { node, labels: labels.get(node.name) ?? {} }));
  return error({
    rule: "fits",
    address: set.address,
    found: `${set.name} asks for ${wantedWords(set)}, and ${possible.length ? `none of ${possible.map((node) => node.name).join(", ")} has that left` : `no node of ${cluster.name} may carry it`}`,
    expected: "a node for every pod",
    fix: possible.length ? "Ask for less, place something elsewhere, or add a node" : "See its architectures, `on` and `tolerates`, or the nodes' labels and taints",
  });
}

function wantedWords({ requests, gpuMemory, claims, ports, rules }: PodSet): string {
  const { cpu, memory, ephemeralStorage, devices } = requests;
  const local = claims.filter(({ nodeLocal }) => nodeLocal).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `${cpu / 1000} CPU`,
    bytesFrom(memory),
    ...(ephemeralStorage ? [`${bytesFrom(ephemeralStorage)} of scratch space`] : []),
    ...(local ? [`${bytesFrom(local)} of the node's disk`] : []),
    ...Object.entries(devices).map(([name, count]) => `${count} ${name}${gpuMemory ? ` of ${bytesFrom(gpuMemory)}` : ""}`),
    ...ports.map((port) => `${port} of the node`),
    ...(rules.apart.length ? ["neighbours other than it refuses"] : []),
    ...(rules.spread.length ? ["an even spread"] : []),
    ...(rules.beside.length ? ["the neighbours it demands"] : []),
  ].join(", ");
}

/** A rollout that may miss no pod starts one more first, and waits for it for ever where there is no room. */
const stuckRollouts = ({ rooms }: Packing, sets: readonly PodSet[]): readonly Finding[] =>
  sets
    .filter((set) => set.surges && seatMore(rooms, [set]).length > 0)
    .map((set) =>
      error({
        rule: "rollout-fits",
        address: set.address,
        found: `${set.name} starts a new pod before an old one stops, and no node has ${wantedWords(set)} left for it`,
        expected: "room for one pod more, or a rollout that stops one first",
        fix: "Leave more room, ask for less, or use strategy Recreate",
      }),
    );

/** A drain evicts pods while their budget can spare them; those that find no node meanwhile are never back. */
const stuckDrains = (cluster: Cluster, built: readonly Built[], sets: readonly PodSet[], losses: readonly Loss[]): readonly Finding[] => {
  const budgets = built.flatMap((it) => budgetsOf(it, sets));
  return losses.flatMap(({ node, homeless: out, bound }) =>
    budgets
      .filter(({ covers, spare }) => [...out, ...bound].filter(covers).length > spare)
      .map(({ name, address, spare }) =>
        warning({
          rule: "drain-ends",
          address: `${cluster.name}/${node.name}`,
          found: `draining it would wait for ever: budget ${name} of ${address} spares ${spare}, and more of its pods find no other node`,
          expected: "other nodes for all but what the budget spares",
          fix: "Leave more room on the other nodes, or keep their volumes where every node reaches them",
        }),
      ),
  );
};

/** Production outlives any one node, but for what says that it may not. */
function lost(cluster: Cluster, losses: readonly Loss[]): readonly Finding[] {
  const expected = "production survives the loss of any one node";
  const bound = new Map(losses.flatMap((loss) => ofProduction(loss.bound).map((release) => [release, loss.node.name] as const)));
  return [
    ...losses.flatMap(({ node, homeless: out }) => {
      const releases = ofProduction(out.filter((set) => !goesOn(set, out)));
      return releases.length
        ? [
            error({
              rule: "fits-without-a-node",
              address: `${cluster.name}/${node.name}`,
              found: `without it there is no room for ${releases.map(({ name }) => name).join(", ")}`,
              expected,
              fix: "Leave more room on the other nodes, or accept it where it is placed: downWithItsNode: { because: … }",
            }),
          ]
        : [];
    }),
    ...(bound.size
      ? [
          warning({
            rule: "fits-without-a-node",
            address: cluster.name,
            found: `with a volume that one node alone reaches, and down while that node is: ${[...bound.keys()].map(({ name }) => name).join(", ")}`,
            expected,
            fix: "Keep them on storage that other nodes reach, or accept it where they are placed: downWithItsNode: { because: … }",
          }),
        ]
      : []),
  ];
}

/** Of pods that are kept apart on purpose one waits for its node to come back, and the others go on. */
const goesOn = (set: PodSet, out: readonly PodSet[]): boolean => set.rules.apart.length > 0 && set.count !== "per-node" && out.filter((it) => it.name === set.name && it.address === set.address).length < set.count / 2;

const ofProduction = (sets: readonly PodSet[]): readonly Release[] => [
  ...new Set(sets.flatMap(({ release }) => (release?.environment === "production" && !release.placement.downWithItsNode ? [release] : []))),
];

/** A reason to go down with a node that no longer holds. */
const needlessReasons = (built: readonly Built[], losses: readonly Loss[]): readonly Finding[] => {
  // Where there is one node, everything goes down with it. Where room is short, others could as well be those who find none.
  if (losses.length === 0 || losses.some(({ homeless: out }) => out.length > 0)) return [];
  const down = new Set(losses.flatMap(({ bound }) => bound.map(({ release }) => release)));
  return built
    .filter(({ release }) => release.placement.downWithItsNode && !down.has(release))
    .map(({ release }) =>
      error({
        rule: "fits-without-a-node",
        address: release.address,
        found: `downWithItsNode, because: ${release.placement.downWithItsNode?.because ?? ""}; and it survives the loss of any one node`,
        expected: "a reason only where it holds",
        fix: "Remove downWithItsNode",
      }),
    );
};
