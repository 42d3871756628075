import type { Flow, Party } from "../../model/flow";

/** Some ports of some peers, as a CNI's language names peers. */
export interface Rule<Peers> {
  readonly peers: Peers;
  readonly ports: readonly Port[];
}

export interface Port {
  readonly port: number;
  readonly endPort?: number;
  readonly protocol: "TCP" | "UDP";
}

/**
 * Flows with one other end become one rule with several ports.
 * @param peersOf the peers of each rule that it takes to name that other end
 */
export function rulesOf<Peers>(flows: readonly Flow[], otherEnd: (flow: Flow) => Party, peersOf: (party: Party) => readonly Peers[]): readonly Rule<Peers>[] {
  const byPeers = new Map<string, { readonly peers: Peers; readonly ports: Map<string, Port> }>();
  for (const flow of flows)
    for (const peers of peersOf(otherEnd(flow))) {
      const key = JSON.stringify(peers);
      const rule = byPeers.get(key) ?? { peers, ports: new Map() };
      const port: Port = { port: flow.port, ...(flow.endPort === undefined ? {} : { endPort: flow.endPort }), protocol: flow.protocol };
      rule.ports.set(`${port.port} ${port.endPort ?? ""} ${port.protocol}`, port);
      byPeers.set(key, rule);
    }
  return [...byPeers.keys()].sort().flatMap((key) => {
    const rule = byPeers.get(key);
    return rule ? [{ peers: rule.peers, ports: [...rule.ports.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)) }] : [];
  });
}
