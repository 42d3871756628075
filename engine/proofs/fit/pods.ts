import type { Built } from "../../model/built";
import { labelsOf } from "../../model/candidate-nodes";
import type { Cluster, Node } from "../../model/cluster";
import type { GpuGrant } from "../../model/grants";
import { reference, type Architecture, type Image } from "../../model/image";
import type { Made } from "../../model/makes";
import { objectName, type Manifest } from "../../model/manifest";
import { podTemplateOf, portsOfNode, type PodSpec } from "../../model/pod-template";
import { bytesOf, milliCpuOf } from "../../model/quantity";
import type { Release } from "../../model/release";
import { claimsIn, claimsOfMade, mountedBy, type Claim } from "./claims";
import { autoscaledIn, mustSurge, podCountOf } from "./count";
import type { Pull } from "./disks";
import { nothing, requestsOf, type Requests } from "./requests";
import { demandsOf, rulesOf, type PlacingRules } from "./rules";

/** Pods of one workload, as the scheduler will see them. */
export interface PodSet {
  /** `forge/ollama`, or `forge` for what the distribution runs itself. */
  readonly address: string;
  /** Undefined for what the distribution runs itself. */
  readonly release?: Release;
  /** `Deployment/ollama`, or the component that a controller makes. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number | "per-node";
  readonly requests: Requests;
  /** Memory that it takes of each device, or of the device whose share it gets. */
  readonly gpuMemory: number;
  readonly architectures: readonly Architecture[];
  /** Whether a node's labels are what it asks for. */
  readonly stands: (labels: Readonly<Record<string, string>>, node: Node) => boolean;
  readonly tolerations: NonNullable<PodSpec["tolerations"]>;
  readonly rules: PlacingRules;
  readonly claims: readonly Claim[];
  /** Ports of the node itself that it takes, `TCP 9100`: the next who wants one stands elsewhere. */
  readonly ports: readonly string[];
  /** What the nodes that they stand on must pull. */
  readonly pulls: readonly Pull[];
  /** A rollout starts one more before it stops an old one, and waits for it. */
  readonly surges: boolean;
}

/** The labels of a node and its name, once for all pods. */
export const nodeLabels = (cluster: Cluster): ReadonlyMap<string, Readonly<Record<string, string>>> => new Map(cluster.nodes.map((node) => [node.name, labelsOf(node, cluster)]));

/** Every pod set of a release: written by its app, or made later by a controller. */
export function podSetsOf(it: Built): readonly PodSet[] {
  const claims = claimsIn(it);
  const most = autoscaledIn(it.manifests);
  return [...it.manifests.flatMap((manifest) => written(it.release, manifest, claims, most)), ...it.release.makes.map((made) => madeSet(it.release, made))];
}

/** What the distribution runs itself, wherever it may stand. */
export const systemPodsOf = ({ name: address, distribution }: Cluster): readonly PodSet[] =>
  distribution.systemPods.map(({ name, count, cpu, memory }) => ({
    ...anywhere,
    address,
    name,
    pulls: [{ image: name, bytes: undefined }],
    namespace: "kube-system",
    labels: {},
    count: count === "per-control-plane" ? "per-node" : count,
    requests: { ...nothing, cpu: milliCpuOf(cpu), memory: bytesOf(memory) },
    stands: (_, node) => count !== "per-control-plane" || node.role === "control-plane",
    // All of it tolerates what keeps others off a control plane, and nothing else but what runs on each node.
    tolerations: count === "per-node" ? [{ operator: "Exists" }] : [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }],
  }));

const bothArchitectures: readonly Architecture[] = ["amd64", "arm64"];
const noRules: PlacingRules = { apart: [], beside: [], spread: [], prefersSpread: false };
const anywhere = { gpuMemory: 0, architectures: bothArchitectures, rules: noRules, claims: [], ports: [], surges: false } as const;

function madeSet(release: Release, made: Made): PodSet {
  const { component, labels, count, requests, nodes } = made;
  const namespace = made.namespace ?? release.namespace;
  const gpu = made.gpus ? gpuOf(release) : undefined;
  const on = Object.entries(release.placement.on);
  return {
    ...anywhere,
    address: release.address,
    release,
    name: component,
    namespace,
    labels,
    count,
    requests: {
      ...nothing,
      cpu: milliCpuOf(requests.cpu),
      memory: bytesOf(requests.memory),
      ephemeralStorage: requests.ephemeralStorage === undefined ? 0 : bytesOf(requests.ephemeralStorage),
      devices: gpu && made.gpus ? { [gpu.resource]: made.gpus } : {},
    },
    gpuMemory: gpu ? gpuMemoryOf(release) : 0,
    architectures: made.architectures ?? bothArchitectures,
    stands: (has, node) => (nodes ? nodes.includes(node.name) : on.every(([key, value]) => has[key] === value)),
    // What runs on each node tolerates whatever a node is tainted with.
    tolerations: count === "per-node" ? [{ operator: "Exists" }] : [...release.placement.tolerates.map((it) => ({ ...it, operator: it.value === undefined ? "Exists" : "Equal" })), ...(gpu?.tolerations ?? [])],
    rules: made.apart ? { ...noRules, apart: [{ topologyKey: "kubernetes.io/hostname", takes: (other) => other.namespace === namespace && isSubset(labels, other.labels) }] } : noRules,
    claims: claimsOfMade(release, made),
    pulls: made.images?.map(pullOf) ?? [{ image: `${release.name}'s ${component}`, bytes: undefined }],
  };
}

const isSubset = (labels: Readonly<Record<string, string>>, of: Readonly<Record<string, string>>): boolean => Object.entries(labels).every(([key, value]) => of[key] === value);

const gpuOf = (release: Release): GpuGrant | undefined => release.needs.gpu && release.cluster.provides.gpu?.provide(release.needs.gpu);
const gpuMemoryOf = ({ needs }: Release): number => (needs.gpu ? bytesOf(needs.gpu.memory) : 0);

function written(release: Release, manifest: Manifest, claims: ReadonlyMap<string, Claim>, most: ReadonlyMap<string, number>): readonly PodSet[] {
  const template = podTemplateOf(manifest);
  if (!template) return [];
  const { spec } = template;
  const namespace = manifest.metadata.namespace ?? release.namespace;
  const requests = requestsOf(spec);
  const stands = demandsOf(spec);
  return [
    {
      address: release.address,
      release,
      name: objectName(manifest),
      namespace,
      labels: template.metadata?.labels ?? {},
      count: manifest.kind === "DaemonSet" ? "per-node" : (most.get(objectName(manifest)) ?? podCountOf(manifest)),
      requests,
      gpuMemory: Object.keys(requests.devices).length > 0 ? gpuMemoryOf(release) : 0,
      architectures: architecturesOf(release, spec),
      stands: (labels) => stands(labels),
      tolerations: spec.tolerations ?? [],
      rules: rulesOf(spec, namespace),
      claims: mountedBy(release, manifest, spec, claims),
      ports: portsOfNode(spec),
      pulls: pullsOf(release, spec),
      surges: manifest.kind === "Deployment" && podCountOf(manifest) > 0 && mustSurge(manifest["spec"]),
    },
  ];
}

const pullOf = (image: Image): Pull => ({ image: reference(image), bytes: image.size === undefined ? undefined : bytesOf(image.size) });

function pullsOf(release: Release, spec: PodSpec): readonly Pull[] {
  const known = new Map(release.images.map((image) => [reference(image), image]));
  return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ image }) => {
    if (image === undefined) return [];
    const named = known.get(image);
    return [named ? pullOf(named) : { image, bytes: undefined }];
  });
}

function architecturesOf(release: Release, spec: PodSpec): readonly Architecture[] {
  const used = [...spec.containers, ...(spec.initContainers ?? [])].map((it) => it.image);
  const images = release.images.filter((image) => used.includes(`${image.repository}:${image.tag}`));
  return bothArchitectures.filter((arch) => images.every((image) => image.architectures.includes(arch)));
}
