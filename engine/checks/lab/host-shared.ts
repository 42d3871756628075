import type { Cluster, Node } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Host } from "../../model/host";
import type { Lab } from "../../model/lab";
import { bytesFrom, bytesOf } from "../../model/quantity";
import { groupsOf } from "../groups";
import { hostQuantities, nodeQuantities } from "./quantity-valid";

interface Share {
  readonly cluster: Cluster;
  readonly node: Node;
}

/** A machine is one node of one cluster. Kind's nodes are containers that share one: together they must fit in it. */
export function hostShared(lab: Lab): readonly Finding[] {
  const all = lab.clusters.flatMap((cluster) => cluster.nodes.map((node): Share => ({ cluster, node })));
  const shares = groupsOf(all, ({ node }) => node.host);
  return lab.hosts.flatMap((host) => {
    const own = shares.get(host.name) ?? [];
    return own.length > 1 && own.some(({ cluster }) => cluster.distribution.name !== "kind") ? [twice(host, own)] : tooMuch(host, own);
  });
}

const twice = (host: Host, shares: readonly Share[]): Finding =>
  error({
    rule: "host-once",
    address: `host ${host.name}`,
    found: `it is ${shares.map(({ cluster, node }) => `${cluster.name}'s ${node.name}`).join(" and ")}`,
    expected: "one node of one cluster; only Kind's nodes share a machine",
    fix: `Take ${host.name} out of all but one cluster, or describe its virtual machines as hosts of their own`,
  });

function tooMuch(host: Host, shares: readonly Share[]): readonly Finding[] {
  if (hostQuantities(host).length || shares.some(({ cluster }) => nodeQuantities(cluster).length)) return [];
  const cpu = shares.reduce((sum, { node }) => sum + node.cpu, 0);
  const memory = shares.reduce((sum, { node }) => sum + bytesOf(node.memory), 0);
  // What its nodes keep, they keep on the disk of its system; one without any says nothing of its size.
  const disk = host.disks.filter(({ use }) => use === "system").reduce((sum, { size }) => sum + bytesOf(size), 0);
  const kept = shares.reduce((sum, { node }) => sum + bytesOf(node.ephemeralStorage), 0);
  const finding = (found: string, expected: string): Finding =>
    error({
      rule: "host-fits",
      address: `host ${host.name}`,
      found,
      expected,
      fix: `Give ${[...new Set(shares.map(({ cluster }) => cluster.name))].join(", ")} fewer nodes or smaller shares`,
    });
  return [
    ...(cpu > host.cpu ? [finding(`its ${shares.length} nodes claim ${cpu} cores`, `at most its ${host.cpu}`)] : []),
    ...(memory > bytesOf(host.memory)
      ? [finding(`its ${shares.length} nodes claim ${bytesFrom(memory)} of memory`, `at most its ${host.memory}`)]
      : []),
    ...(disk > 0 && kept > disk ? [finding(`its ${shares.length} nodes claim ${bytesFrom(kept)} of its disk`, `at most the ${bytesFrom(disk)} of its system's`)] : []),
  ];
}
