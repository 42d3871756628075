import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { addressRange, contains, spanRange } from "../../model/address-range";

/** Pools are for clusters that the LAN can reach, and the ingress' fixed address is one of its own cluster's. */
export const poolPlace = (lab: Lab): readonly Finding[] => lab.clusters.flatMap((cluster) => [...poolOnKind(cluster), ...ingressAddress(cluster)]);

function poolOnKind({ name, network, distribution }: Cluster): readonly Finding[] {
  const pools = Object.keys(network.pools ?? {});
  if (distribution.lanReachable || pools.length === 0) return [];
  return [
    error({
      rule: "pool-on-kind",
      address: name,
      found: `pools ${pools.join(", ")} on ${distribution.name}, whose network the LAN cannot reach`,
      expected: "no pools: an address of Docker's network answers nobody",
      fix: "Remove `pools`, and lead ports of the host into the cluster with `hostPorts`",
    }),
  ];
}

function ingressAddress({ name, network, nodes }: Cluster): readonly Finding[] {
  const ingress = network.ingress === undefined ? undefined : addressRange(network.ingress);
  if (!ingress) return [];
  const pools = Object.values(network.pools ?? {}).flatMap((text) => spanRange(text) ?? []);
  if (pools.length === 0 && nodes.some(({ address }) => address === network.ingress)) return [];
  if (pools.some((pool) => contains(pool, ingress))) return [];
  return [
    error({
      rule: "ingress-in-pool",
      address: name,
      found: `the ingress address ${network.ingress}, which is in none of its pools`,
      expected: pools.length
        ? `an address of: ${Object.values(network.pools ?? {}).join(", ")}`
        : "a node's own address, where the cluster has no pools",
      fix: "Choose an address that the cluster can answer for",
    }),
  ];
}
