import type { Built } from "../../model/built";
import { error, warning, type Finding } from "../../model/finding";
import type { MetricsPort } from "../../model/needs";
import { groupsOf } from "../groups";
import { podsOf } from "./pods";

interface OnNode {
  readonly it: Built;
  readonly component: string;
  /** As its exemption says; a check of its own asks for one. */
  readonly because: string | undefined;
}

/** Pods on their node's network stand outside every policy: they are listed, and scraped where they really are. */
export function hostNetworkListed(built: readonly Built[]): readonly Finding[] {
  const onNodes = built.flatMap((it): OnNode[] => {
    const own = podsOf(it)
      .filter(({ template }) => template.spec.hostNetwork === true)
      .map(({ labels, exempt }) => [labels["app.kubernetes.io/component"] ?? it.release.app.name, exempt.get("host-network")] as const);
    const made = it.release.makes.filter(({ hostNetwork }) => hostNetwork === true).map(({ component, exempt }) => [component, exempt?.["host-network"]] as const);
    return [...new Map([...own, ...made])].map(([component, because]) => ({ it, component, because }));
  });
  return [...onNodes.flatMap(scraped), ...listed(onNodes)];
}

const listed = (onNodes: readonly OnNode[]): readonly Finding[] =>
  [...groupsOf(onNodes, ({ it }) => it.release.cluster.name)].map(([cluster, pods]) =>
    warning({
      rule: "host-network",
      address: cluster,
      found: `on their node's network, where no policy holds: ${pods.map(shown).join(", ")}`,
      expected: "only what cannot work otherwise",
      fix: "Nothing, while each one's reason holds",
    }),
  );

const shown = ({ it, component, because }: OnNode): string =>
  `${component === it.release.app.name ? it.release.name : `${it.release.name}'s ${component}`}${because ? ` (${because})` : ""}`;

/** A policy to the pod's own address would open nothing: its metrics are reached at the node's. */
const scraped = ({ it, component }: OnNode): readonly Finding[] =>
  Object.entries(it.release.needs.watches?.metrics ?? {})
    .filter(([, port]: readonly [string, MetricsPort]) => (port.component ?? it.release.app.name) === component && port.hostNetwork !== true)
    .map(([name]) =>
      error({
        rule: "host-network",
        address: it.release.address,
        found: `watches.metrics.${name} is of ${component}, which stands on its node's network`,
        expected: "hostNetwork: true on the metrics port",
        fix: "Say so, and the flow goes to the nodes' addresses",
      }),
    );
