import { groups } from "../manifests/groups";
import type { Play } from "../stand-ins/play";
import { REAL_ELSEWHERE, type StandIn } from "../stand-ins/table";
import type { RunningLab } from "./running-lab";

/** Whoever does not run here, and who answered instead: what a run has not shown. */
export function standInLines({ play, definitions }: Pick<RunningLab, "definitions"> & { readonly play: Pick<Play, "played" | "webhooks"> }): readonly string[] {
  const rows = [
    ["kubelet, container runtime", "KWOK: a pod runs or is done as soon as a node has taken it"],
    ["volume provisioners", "KWOK makes a volume for every claim that its class and the scheduler have decided on"],
    ["load balancers, ingresses", `KWOK gives each an address; ${elsewhere("MetalLB and Traefik do")}`],
    ["Redis", "miniredis, with the password of the Secret"],
    ["Dex", "a program that waits; Argo CD's part in front of it runs, and writes its configuration"],
    ["the vault", "values made once for every key; argocd-cluster-* as the documented step puts them there"],
    ...operatorRows(play.played()),
    ...play.webhooks().map((name): readonly [string, string] => [`webhook ${name}`, "agrees to everything, as long as pods are ready behind it"]),
    ...definitions.map(({ url, sources }): readonly [string, string] => [url, sources.join(", ")]),
  ] as const;
  const width = Math.max(...rows.map(([who]) => who.length));
  return ["", "Stand-ins, for what does not run here:", ...rows.map(([who, how]) => `  ${who.padEnd(width)}  ${how}`), ""];
}

/** One row an operator: the status that KWOK gives its kinds in its place, and where it does so itself. */
function operatorRows(played: readonly StandIn[]): readonly (readonly [string, string])[] {
  return [...groups(played, ({ operator }) => operator)].map(([operator, kinds]) => {
    const becomes = kinds.map(({ kind, condition }) => `${kind} becomes ${condition}`).join(", ");
    return [operator, `${becomes}; ${REAL_ELSEWHERE.has(operator) ? elsewhere("it runs itself") : "it cannot be built here"}`];
  });
}

const elsewhere = (who: string): string => `${who} in npm run e2e:operators`;
