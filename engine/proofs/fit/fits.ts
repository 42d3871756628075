import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, warning, type Finding } from "../../model/finding";
import { bytesFrom } from "../../model/quantity";
import type { World } from "../../model/resolve";
import { mayStand, pack } from "./pack";
import type { PodSet } from "./pods";
import { podSetsOn } from "./witness";

/** Every pod finds a node; and the owner is told what is lost with any one of them. */
export function fits(built: readonly Built[], world: World): readonly Finding[] {
  return world.lab.clusters.flatMap((cluster) => {
    const sets = podSetsOn(cluster, built);
    const { unplaced } = pack(cluster, sets);
    return unplaced.length ? [...new Set(unplaced)].map((set) => homeless(cluster, set)) : losses(cluster, sets);
  });
}

function homeless(cluster: Cluster, set: PodSet): Finding {
  const possible = cluster.nodes.filter((node) => mayStand(set, node));
  const { cpu, memory, devices } = set.requests;
  const wanted = [`${cpu / 1000} CPU`, bytesFrom(memory), ...Object.entries(devices).map(([name, count]) => `${count} ${name}`)].join(", ");
  return error({
    rule: "fits",
    address: set.release.address,
    found: `${set.name} asks for ${wanted}, and ${possible.length ? `none of ${possible.map((node) => node.name).join(", ")} has that left` : `no node of ${cluster.name} may carry it`}`,
    expected: "a node for every pod",
    fix: possible.length ? "Ask for less, place something elsewhere, or add a node" : "See its architectures, `on` and `tolerates`, or the nodes' labels and taints",
  });
}

/** Pods whose node is gone and that find no other: by node, in one line each. */
function losses(cluster: Cluster, sets: readonly PodSet[]): readonly Finding[] {
  if (cluster.nodes.length < 2) return [];
  return cluster.nodes.flatMap((lost) => {
    const { unplaced } = pack(cluster, sets, cluster.nodes.filter((node) => node !== lost));
    const production = [...new Set(unplaced.filter((set) => set.release.environment === "production").map((set) => set.release.name))];
    if (production.length === 0) return [];
    return [
      warning({
        rule: "fits-without-a-node",
        address: `${cluster.name}/${lost.name}`,
        found: `without it there is no room for ${production.join(", ")}`,
        expected: "production survives the loss of any one node",
        fix: "Leave more room on the other nodes, or accept it knowingly",
      }),
    ];
  });
}
