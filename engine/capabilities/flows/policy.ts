import type { Flow, Party } from "../../model/flow";
import { namespacesOf, type Release } from "../../model/release";

/** One policy of a release, before it is written in the language of a CNI. */
export interface Policy {
  readonly name: string;
  readonly namespace: string;
  /** The pods that it is about; none is all of the namespace. */
  readonly labels: Readonly<Record<string, string>>;
  /** What it lets in and out, and nothing else; undefined where it says nothing of that direction. */
  readonly ingress?: readonly Flow[];
  readonly egress?: readonly Flow[];
}

/**
 * The policies of one release: nothing is allowed but its flows.
 * One denies; one lets every pod resolve names and go where the whole release goes; one a component adds its own.
 */
export const policiesOf = (release: Release, flows: readonly Flow[]): readonly Policy[] => [
  ...namespacesOf(release).flatMap((namespace) => everywhere(release, namespace, flows)),
  ...componentsIn(release, flows).map((pods) => ofComponent(release, pods, flows)),
];

/** What holds for all pods of a release in one of its namespaces. */
const everywhere = (release: Release, namespace: string, flows: readonly Flow[]): readonly Policy[] => [
  { name: "default-deny", namespace, labels: {}, ingress: [], egress: [] },
  {
    name: `${release.name}-release`,
    namespace,
    labels: {},
    egress: flows.filter(({ from }) => from.kind === "release" && from.release === release.address && from.namespace === namespace),
  },
];

type Pods = Extract<Party, { kind: "pods" }>;

function componentsIn(release: Release, flows: readonly Flow[]): readonly Pods[] {
  const byName = new Map<string, Pods>();
  for (const { from, to } of flows)
    for (const party of [from, to]) if (party.kind === "pods" && party.release === release.address) byName.set(party.component, party);
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

function ofComponent(release: Release, pods: Pods, flows: readonly Flow[]): Policy {
  const ingress = flows.filter((flow) => isSame(flow.to, pods));
  const egress = flows.filter((flow) => isSame(flow.from, pods));
  return {
    name: pods.component === release.app.name ? release.name : `${release.name}-${pods.component}`,
    namespace: pods.namespace,
    labels: pods.labels,
    ...(ingress.length ? { ingress } : {}),
    ...(egress.length ? { egress } : {}),
  };
}

const isSame = (party: Party, pods: Pods): boolean => party.kind === "pods" && party.release === pods.release && party.component === pods.component;
