import { groupsOf } from "../../checks/groups";
import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { knowsIdentities } from "../../model/distribution";
import { controlPlaneOf, nodeAddressesOf, nodesCidrOf } from "../../model/flow";
import { fieldOf } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import { namespacesOf, type Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { Blocks, podPlace } from "./line";
import { protocolOf, type Protocol } from "./ports";
import { runsMinus, union, type Run } from "./region";

type Labels = Readonly<Record<string, string>>;

/** Pods that no policy can tell apart: of one component in one namespace, with the same labels and the same named ports. */
export interface PodKind {
  /** Its place on the line of peers. */
  readonly at: number;
  readonly namespace: string;
  readonly labels: Labels;
  readonly namedPorts: ReadonlyMap<string, { readonly port: number; readonly protocol: Protocol }>;
  /** Whose namespace it stands in; undefined for pods that are not ours. */
  readonly release?: Release;
  /** The component whose pods these are; undefined for whatever else may come to stand in the namespace. */
  readonly component?: string;
  /** It has its node's address, and no policy holds for it. */
  readonly hostNetwork: boolean;
}

/** Everything on a cluster that policies speak of. */
export interface Ground {
  readonly cluster: Cluster;
  readonly kinds: readonly PodKind[];
  readonly byNamespace: ReadonlyMap<string, readonly PodKind[]>;
  /** Labels of every namespace, by name. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly blocks: Blocks;
  /** Who has an address and is known otherwise, where policies know identities. */
  readonly identities?: Identities;
}

interface Identities {
  readonly nodes: readonly Run[];
  readonly apiServer: readonly Run[];
  /** What address blocks do not match. */
  readonly unmatched: readonly Run[];
}

/** Reads a cluster's objects, and what its releases say that controllers make of them. */
export function groundOf(cluster: Cluster, built: readonly Built[], world: World): Ground {
  const blocks = new Blocks();
  const identities = knowsIdentities(cluster) ? identitiesOn(cluster, world, blocks) : undefined;
  const written = [...built.flatMap(podsIn), ...notOurs(cluster)];
  const found = identities ? written.map((it) => ({ ...it, labels: identityLabels(it.labels) })) : written;
  const kinds = [...new Map(found.map((it) => [identity(it), it])).values()].map((it, index): PodKind => ({ ...it, at: podPlace(index) }));
  const byNamespace = groupsOf(kinds, ({ namespace }) => namespace);
  const labelled = new Map(built.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => [metadata.name, metadata.labels ?? {}])));
  // https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
  const namespaces = new Map([...byNamespace.keys()].map((name) => [name, { ...labelled.get(name), "kubernetes.io/metadata.name": name }]));
  return { cluster, kinds, byNamespace, namespaces, blocks, ...(identities ? { identities } : {}) };
}

/** https://docs.cilium.io/en/stable/security/policy/layer3/#selecting-pods-or-nodes-with-cidr-ipblock */
function identitiesOn(cluster: Cluster, world: World, blocks: Blocks): Identities {
  const runs = (cidrs: readonly string[]) => cidrs.map((cidr) => blocks.run(cidr));
  const nodes = runs(nodeAddressesOf(cluster, world));
  const unmatched = union([blocks.run(cluster.network.pods), ...(cluster.distribution.cni.blocksMatchNodes === true ? [] : nodes)]);
  return { nodes, apiServer: runs(controlPlaneOf(cluster, nodesCidrOf(cluster, world))), unmatched };
}

/**
 * The labels by which Cilium tells pods apart: not those that change with every rollout, nor Kubernetes' own.
 * https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/, pkg/labelsfilter/filter.go at 1.20.0
 */
function identityLabels(labels: Labels): Labels {
  const left = Object.entries(labels).filter(([key]) => !ignoredLabel.test(key));
  return left.length === Object.keys(labels).length ? labels : Object.fromEntries(left);
}

const ignoredLabel =
  /^(?:io\.kubernetes|kubernetes\.io|k8s\.io|.*beta\.kubernetes\.io|topology\.kubernetes\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(?:job-completion-index|controller-uid)|pod-template-|controller-revision-hash|controller-uid|annotation|etcd_node)/;

/** The addresses that a policy's block stands for: `{ cidr, except }`. */
export function matchedBy({ blocks, identities }: Ground, block: unknown): readonly Run[] {
  const except = fieldOf(block, "except");
  const left = [...(Array.isArray(except) ? except : []).map((cidr) => blocks.run(String(cidr))), ...(identities?.unmatched ?? [])];
  return runsMinus([blocks.run(String(fieldOf(block, "cidr")))], union(left));
}

type Found = Omit<PodKind, "at">;

const identity = ({ namespace, labels, namedPorts, hostNetwork, component, release }: Found): string =>
  JSON.stringify([release?.address, component, namespace, hostNetwork, Object.entries(labels).sort(), [...namedPorts]]);

const podsIn = (it: Built): readonly Found[] => [...writtenPods(it), ...madePods(it.release), ...otherPods(it.release)];

const writtenPods = ({ release, manifests }: Built): readonly Found[] =>
  manifests.flatMap((manifest): readonly Found[] => {
    const template = podTemplateOf(manifest);
    if (!template) return [];
    const labels = template.metadata?.labels ?? {};
    const ports = template.spec.containers.flatMap((container) => container.ports ?? []);
    return [
      {
        release,
        component: labels["app.kubernetes.io/component"] ?? release.app.name,
        namespace: manifest.metadata.namespace ?? release.namespace,
        labels,
        namedPorts: new Map(ports.flatMap(({ name, containerPort, protocol }) => (name ? [[name, { port: containerPort, protocol: protocolOf(protocol) }] as const] : []))),
        hostNetwork: template.spec.hostNetwork === true,
      },
    ];
  });

const madePods = (release: Release): readonly Found[] =>
  release.makes.map(({ component, like = component, namespace = release.namespace, labels, hostNetwork = false }) => ({ release, component: like, namespace, labels, namedPorts: new Map(), hostNetwork }));

/** Somebody's debugging pod, or one that a controller makes and nobody declared: it gets what everyone in the namespace gets. */
const otherPods = (release: Release): readonly Found[] => namespacesOf(release).map((namespace) => ({ release, namespace, labels: {}, namedPorts: new Map(), hostNetwork: false }));

/** The cluster's DNS, an ingress controller that something else runs, and pods of which nobody knows anything. */
function notOurs({ provides }: Cluster): readonly Found[] {
  const foreign = (namespace: string, labels: Labels = {}): Found => ({ namespace, labels, namedPorts: new Map(), hostNetwork: false });
  const controller = provides.ingress?.controller;
  return [foreign("kube-system", dnsLabels), ...(typeof controller === "object" ? [foreign(controller.namespace, controller.labels)] : []), foreign("kube-system"), foreign("default")];
}

/** CoreDNS bears this label on k3s, Kind and kubeadm alike. */
export const dnsLabels: Labels = { "k8s-app": "kube-dns" };

/** Peers in a finding's words. */
export const peerWords = (run: Run, { kinds, blocks }: Ground): string =>
  blocks.words(run, (from, to) =>
    kinds
      .slice(from, to + 1)
      .map(kindWords)
      .join(", "),
  );

/** `ollama`, `rook-ceph's osd`, `any other pod in ollama`, `kube-system's k8s-app=kube-dns`. */
export function kindWords({ release, component, namespace, labels }: PodKind): string {
  if (!release) return `${namespace}'s ${Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(",") || "other pods"}`;
  if (component === undefined) return `any other pod in ${namespace}`;
  return component === release.app.name ? release.name : `${release.name}'s ${component}`;
}
