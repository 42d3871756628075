import type { Built } from "../../model/built";
import { plainSelector } from "../../model/cilium-selector";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { podsOf } from "./pods";
import { matches, selects } from "./selector";
import { arrayOf } from "./violations";

interface Selectable {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What selects pods selects some: of the release itself, or of a controller that it declares in `makes`. */
export const selectorMatches = (built: readonly Built[]): readonly Finding[] => built.flatMap((it) => [...ownTemplates(it), ...ownSpread(it), ...others(it)]);

/** A workload whose selector misses its own pods is refused by the API server. */
const ownTemplates = (it: Built): readonly Finding[] =>
  podsOf(it)
    .filter(({ manifest, labels }) => fieldOf(manifest, "spec", "selector") !== undefined && !selects(fieldOf(manifest, "spec", "selector"), labels))
    .map(({ object, labels }) =>
      finding(it, `${object} does not select its own pods, which are ${shown(labels)}`, "a selector of labels that its pods have"),
    );

/** Pods that are to be spread are counted by their labels: a constraint that does not count its own pods spreads nothing. */
const ownSpread = (it: Built): readonly Finding[] =>
  podsOf(it).flatMap(({ object, labels, template }) =>
    arrayOf(fieldOf(template, "spec", "topologySpreadConstraints"))
      .filter((constraint) => !selects(fieldOf(constraint, "labelSelector"), labels))
      .map((constraint) => finding(it, `${object} is spread by ${shown(fieldOf(constraint, "labelSelector"))}, which its own pods are not: ${shown(labels)}`, "labels that its pods have")),
  );

function others(it: Built): readonly Finding[] {
  const { release, manifests } = it;
  const pods: readonly Selectable[] = [
    ...podsOf(it),
    ...release.makes.map(({ component, namespace, labels }) => ({ namespace: namespace ?? release.namespace, labels: { ...labels, ...activeLabels(it, component) } })),
  ];
  const services = manifests
    .filter((manifest) => manifest.kind === "Service")
    .map((manifest): Selectable => ({ namespace: namespaceOf(it, manifest), labels: manifest.metadata.labels ?? {} }));
  return manifests.flatMap((manifest) => {
    const selector = selectorIn(manifest);
    if (!selector) return [];
    const candidates = (selector.of === "Services" ? services : pods).filter(({ namespace }) => namespace === namespaceOf(it, manifest));
    if (candidates.some(({ labels }) => selector.takes(labels))) return [];
    return [
      finding(
        it,
        `${objectName(manifest)} selects ${shown(selector.wanted)}, and no ${selector.of === "Services" ? "Service" : "pod"} of the release has these labels`,
        `labels of what is there: ${[...new Set(candidates.map(({ labels }) => shown(labels)))].join(" or ") || "nothing"}`,
      ),
    ];
  });
}

/** What the active one of a pair bears besides: its controller says so while it runs. */
const activeLabels = ({ release }: Built, component: string): Readonly<Record<string, string>> =>
  Object.values(release.needs.exposes ?? {})
    .filter((endpoint) => endpoint.component === component)
    .reduce((labels, endpoint) => ({ ...labels, ...endpoint.only }), {});

interface Selector {
  readonly of: "pods" | "Services";
  /** The labels it asks for. */
  readonly wanted: unknown;
  takes(labels: Readonly<Record<string, string>>): boolean;
}

/** The selector in an object, where it has one that must take something. */
function selectorIn(manifest: Manifest): Selector | undefined {
  const spec = manifest["spec"];
  const labelSelector = (selector: unknown, of: Selector["of"] = "pods"): Selector => ({
    of,
    wanted: selector,
    takes: (labels) => selects(selector, labels),
  });
  switch (manifest.kind) {
    case "Service": {
      const wanted = fieldOf(spec, "selector");
      return wanted ? { of: "pods", wanted, takes: (labels) => matches(wanted, labels) } : undefined;
    }
    case "PodDisruptionBudget":
      return labelSelector(fieldOf(spec, "selector"));
    case "NetworkPolicy":
      // An empty selector is every pod, of those that will come, too.
      return manifest.apiVersion.startsWith("networking.k8s.io/") && Object.keys(fieldOf(spec, "podSelector") ?? {}).length
        ? labelSelector(fieldOf(spec, "podSelector"))
        : undefined;
    case "CiliumNetworkPolicy":
      return Object.keys(fieldOf(spec, "endpointSelector") ?? {}).length ? labelSelector(plainSelector(fieldOf(spec, "endpointSelector"))) : undefined;
    case "PodMonitor":
    case "ServiceMonitor":
      // With a namespace selector it looks at what others have: nothing of ours can tell.
      return fieldOf(spec, "namespaceSelector")
        ? undefined
        : labelSelector(fieldOf(spec, "selector"), manifest.kind === "PodMonitor" ? "pods" : "Services");
    default:
      return undefined;
  }
}

const namespaceOf = ({ release }: Built, manifest: Manifest): string => manifest.metadata.namespace ?? release.namespace;

const shown = (labels: unknown): string =>
  Object.entries((fieldOf(labels, "matchLabels") ?? labels ?? {}) as object)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(",");

const finding = ({ release }: Built, found: string, expected: string): Finding =>
  error({
    rule: "selector-matches",
    address: release.address,
    found,
    expected,
    fix: "Name the component that is meant, or declare in `makes` the pods that a controller makes",
  });
