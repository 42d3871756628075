import { groups } from "../manifests/groups";
import type { Play } from "../stand-ins/play";
import type { StandIn } from "../stand-ins/table";
import type { RunningLab } from "./running-lab";

/** Whoever cannot run here, and who answered instead: what a run has not shown. */
export function standInLines({ play, definitions }: Pick<RunningLab, "definitions"> & { readonly play: Pick<Play, "played" | "webhooks"> }): readonly string[] {
  const rows = [
    ["kubelet, container runtime", "KWOK: a pod runs or is done as soon as a node has taken it"],
    ["volume provisioners", "KWOK makes a volume for every claim that its class and the scheduler have decided on"],
    ["load balancers, ingresses", "KWOK gives each an address"],
    ["Redis", "miniredis, with the password of the Secret"],
    ["the vault", "values made once for every key; argocd-cluster-* as the documented step puts them there"],
    ...operatorRows(play.played()),
    ...play.webhooks().map((name): readonly [string, string] => [`webhook ${name}`, "agrees to everything, as long as pods are ready behind it"]),
    ...definitions.map(({ url, sources }): readonly [string, string] => [url, sources.join(", ")]),
  ] as const;
  const width = Math.max(...rows.map(([who]) => who.length));
  return ["", "Stand-ins, for what cannot run here:", ...rows.map(([who, how]) => `  ${who.padEnd(width)}  ${how}`), ""];
}

/** One row an operator: the status that KWOK gives its kinds in its place. */
function operatorRows(played: readonly StandIn[]): readonly (readonly [string, string])[] {
  return [...groups(played, ({ operator }) => operator)].map(([operator, kinds]) => [operator, kinds.map(({ kind, condition }) => `${kind} becomes ${condition}`).join(", ")]);
}
