import type { Cluster } from "../../model/cluster";
import { knowsIdentities } from "../../model/distribution";
import { isAddress, privateRanges } from "../../model/flow";
import type { Built } from "../../model/built";
import { podTemplateOf } from "../../model/pod-template";
import { exemptionPrefix } from "../../model/pod-security";

/** What policies cannot hold as narrowly as it was said, as Markdown: names on the internet, and pods on their node's network. */
export function openingsPage(cluster: Cluster, built: readonly Built[]): string {
  const { name, distribution } = cluster;
  const knowsNames = knowsIdentities(cluster);
  return [
    `# What is open on ${name}`,
    "",
    distribution.cni.enforcesPolicies
      ? "Policies let through exactly what releases declare: every synth proves it. Two things they cannot hold as narrowly as it was said."
      : `**${distribution.cni.name} enforces no policies: every pod talks to every other.** Otherwise they would let through exactly what releases declare.`,
    "",
    "## Names on the internet",
    "",
    knowsNames
      ? `A policy knows a name by the addresses that the DNS gave for it: whatever else answers there is reached, too. Only these, for which pods choose the host, are their port to everywhere but ${privateRanges.join(", ")}.`
      : `A policy knows addresses and not names: each of these is its port to everywhere but ${privateRanges.join(", ")}.`,
    "",
    ...table(["release", "who", "for", "port"], built.flatMap((it) => internetCalls(it, knowsNames))),
    "",
    "## Pods on their node's network",
    "",
    "No policy holds for them, in either direction.",
    "",
    ...table(["release", "who", "because"], built.flatMap(onNodes)),
    "",
  ].join("\n");
}

const internetCalls = ({ release }: Built, knowsNames: boolean): readonly (readonly string[])[] =>
  Object.values(release.needs.talksTo ?? {}).flatMap((peer) => (peer.kind === "internet" && (peer.anywhere || !(knowsNames || isAddress(peer.host))) ? [[release.name, peer.from ?? "every pod", peer.host, `TCP ${peer.port}`]] : []));

function onNodes({ release, manifests }: Built): readonly (readonly string[])[] {
  const control = "host-network";
  const written = manifests.flatMap((manifest) => {
    const template = podTemplateOf(manifest);
    return template?.spec.hostNetwork === true ? [[release.name, template.metadata?.labels?.["app.kubernetes.io/component"] ?? manifest.metadata.name, template.metadata?.annotations?.[`${exemptionPrefix}${control}`] ?? ""]] : [];
  });
  return [...written, ...release.makes.filter(({ hostNetwork }) => hostNetwork === true).map(({ component, exempt }) => [release.name, component, exempt?.[control] ?? ""])];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length ? [head, head.map(() => "---"), ...[...new Set(rows.map((row) => row.join(" | ")))].sort().map((row) => [row])].map((cells) => `| ${cells.join(" | ")} |`) : ["None."];
