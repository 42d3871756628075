import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { groupsOf } from "../groups";
import { selects } from "./selector";

/** What a Prometheus looks for, by the fields that say which. https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.CommonPrometheusFields */
const chosenBy: Readonly<Record<string, string>> = { ServiceMonitor: "serviceMonitor", PodMonitor: "podMonitor", Probe: "probe", ScrapeConfig: "scrapeConfig", PrometheusRule: "rule" };

/** Where a cluster has a Prometheus, one takes each monitor and each set of rules: what none takes is never scraped and never alerts, and nothing says so. */
export const monitorSelected = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const servers = here.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "Prometheus").map((manifest) => ({ manifest, namespace: manifest.metadata.namespace ?? release.namespace })));
    const cluster = here[0]?.release.cluster;
    if (servers.length === 0 || !cluster) return [];
    const labels = new Map(here.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => [metadata.name, { ...metadata.labels, "kubernetes.io/metadata.name": metadata.name }])));
    const ignored = here.flatMap(({ release, manifests }) =>
      manifests.flatMap((monitor) => {
        const field = chosenBy[monitor.kind];
        if (field === undefined) return [];
        const namespace = monitor.metadata.namespace ?? release.namespace;
        const taken = servers.some((server) => takes(server, field, monitor, namespace, labels.get(namespace) ?? {}));
        return taken ? [] : [{ kind: monitor.kind, field, name: `${release.name}'s ${objectName(monitor)}` }];
      }),
    );
    return [...groupsOf(ignored, ({ kind }) => kind).values()].map((same) => report(cluster, servers.map(({ manifest }) => objectName(manifest)), same));
  });

/** Without a selector it takes nothing; without one of namespaces, only its own. */
function takes({ manifest, namespace: own }: { readonly manifest: Manifest; readonly namespace: string }, field: string, monitor: Manifest, namespace: string, namespaceLabels: Readonly<Record<string, string>>): boolean {
  const [selector, namespaces] = [fieldOf(manifest, "spec", `${field}Selector`), fieldOf(manifest, "spec", `${field}NamespaceSelector`)];
  return selector !== undefined && selects(selector, monitor.metadata.labels ?? {}) && (namespaces === undefined ? namespace === own : selects(namespaces, namespaceLabels));
}

function report({ name }: Cluster, servers: readonly string[], ignored: readonly { readonly kind: string; readonly field: string; readonly name: string }[]): Finding {
  const [first] = ignored;
  return error({
    rule: "monitor-selected",
    address: name,
    found: `${servers.join(", ")} takes none of: ${ignored.slice(0, 3).map((it) => it.name).join(", ")}${ignored.length > 3 ? ` and ${ignored.length - 3} more` : ""}`,
    expected: `a Prometheus whose ${first?.field ?? ""}Selector and ${first?.field ?? ""}NamespaceSelector take every ${first?.kind ?? ""} of the cluster`,
    fix: "Loosen the selectors, or give it the labels that they ask for",
  });
}
