import { groupsOf } from "../../checks/groups";
import type { Release } from "../../model/release";
import type { StartEdge } from "../../model/start-order";

/** In which round each release can start, over all clusters: in the first what waits for nothing, then what waits only for earlier rounds. */
export function roundsOf(releases: readonly Release[], edges: readonly StartEdge[]): ReadonlyMap<string, number> {
  const outgoing = groupsOf(edges, ({ from }) => from);
  const rounds = new Map<string, number>();
  const roundOf = (address: string): number => {
    const known = rounds.get(address);
    if (known !== undefined) return known;
    const round = 1 + Math.max(0, ...(outgoing.get(address) ?? []).map(({ to }) => roundOf(to)));
    rounds.set(address, round);
    return round;
  };
  for (const { address } of releases) roundOf(address);
  return rounds;
}

/** What starts after what on a cluster, and why, as Markdown. */
export function orderPage(cluster: string, releases: readonly Release[], edges: ReadonlyMap<string, readonly StartEdge[]>, rounds: ReadonlyMap<string, number>): string {
  const inOrder = [...releases].sort((a, b) => (rounds.get(a.address) ?? 0) - (rounds.get(b.address) ?? 0) || (a.name < b.name ? -1 : 1));
  return [
    `# What starts after what on ${cluster}`,
    "",
    "Nobody waits by the clock: Argo CD tries every Application until it succeeds, and every synth proves that the order below exists, over all",
    "clusters of the lab. Definitions (`crds-…`) and priority classes wait for nothing, and come before all of it. It is also the order in which a",
    "cluster comes back from nothing, and where to look first when much of it is down.",
    "",
    "| round | release | waits for |",
    "| --- | --- | --- |",
    ...inOrder.map(({ address, name }) => `| ${rounds.get(address)} | ${name} | ${waitsWords(cluster, edges.get(address) ?? [])} |`),
    "",
  ].join("\n");
}

/** For each release that it waits for all reasons: `rook-ceph (stores.data)`. */
function waitsWords(cluster: string, edges: readonly StartEdge[]): string {
  const words = [...groupsOf(edges, ({ to }) => to)].map(([to, all]) => `${to.startsWith(`${cluster}/`) ? to.slice(cluster.length + 1) : to} (${[...new Set(all.map(({ because }) => because))].join("; ")})`);
  return words.length ? words.sort().join("<br>") : "nothing";
}
