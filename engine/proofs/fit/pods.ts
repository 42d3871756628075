import type { Built } from "../../model/built";
import type { GpuGrant } from "../../model/grants";
import type { Architecture } from "../../model/image";
import type { Made } from "../../model/makes";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { podTemplateOf, type ContainerSpec, type PodSpec } from "../../model/pod-template";
import { bytesOf, milliCpuOf } from "../../model/quantity";
import type { Release } from "../../model/release";

/** What a pod asks of a node, in the scheduler's own numbers. */
export interface Requests {
  /** Thousandths of a core. */
  readonly cpu: number;
  readonly memory: number;
  /** Extended resources by name: `nvidia.com/gpu`. */
  readonly devices: Readonly<Record<string, number>>;
}

/** Pods of one workload, as the scheduler will see them. */
export interface PodSet {
  readonly release: Release;
  /** `Deployment/ollama`, or the component that a controller makes. */
  readonly name: string;
  readonly count: number | "per-node";
  readonly requests: Requests;
  readonly architectures: readonly Architecture[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Where a controller puts them, by node name; without it, wherever they may stand. */
  readonly nodes?: readonly string[];
  readonly tolerations: NonNullable<PodSpec["tolerations"]>;
  /** A rollout starts one more before it stops an old one. */
  readonly surges: boolean;
  /** It mounts a volume that lives on one node and goes nowhere else. */
  readonly bound: boolean;
  /** Replicas keep off each other's nodes where they can. */
  readonly spread: boolean;
}

/** Every pod set of a release: written by its app, or made later by a controller. */
export const podSetsOf = ({ release, manifests }: Built): readonly PodSet[] => [
  ...manifests.flatMap((manifest) => written(release, manifest)),
  ...release.makes.map((made): PodSet => ({
    release,
    name: made.component,
    count: made.count,
    requests: { cpu: milliCpuOf(made.requests.cpu), memory: bytesOf(made.requests.memory), devices: devicesOf(release, made) },
    architectures: made.architectures ?? ["amd64", "arm64"],
    nodeSelector: made.nodes ? {} : release.placement.on,
    ...(made.nodes ? { nodes: made.nodes } : {}),
    // What runs on each node tolerates whatever a node is tainted with.
    tolerations: made.count === "per-node" ? [{ operator: "Exists" }] : [...release.placement.tolerates.map((it) => ({ ...it, operator: "Exists" })), ...(made.gpus ? (gpuOf(release)?.tolerations ?? []) : [])],
    surges: false,
    bound: Object.keys(made.claims ?? {}).some((store) => isNodeLocal(release, store)),
    spread: false,
  })),
];

const gpuOf = (release: Release): GpuGrant | undefined => release.needs.gpu && release.cluster.provides.gpu?.provide(release.needs.gpu);

function devicesOf(release: Release, { gpus }: Made): Requests["devices"] {
  const gpu = gpuOf(release);
  return gpu && gpus ? { [gpu.resource]: gpus } : {};
}

function written(release: Release, manifest: Manifest): readonly PodSet[] {
  const template = podTemplateOf(manifest);
  if (!template) return [];
  const { spec } = template;
  const replicas = fieldOf(manifest, "spec", "replicas");
  return [
    {
      release,
      name: objectName(manifest),
      count: manifest.kind === "DaemonSet" ? "per-node" : typeof replicas === "number" ? replicas : 1,
      requests: requestsOf(spec),
      architectures: architecturesOf(release, spec),
      nodeSelector: spec.nodeSelector ?? {},
      tolerations: spec.tolerations ?? [],
      surges: manifest.kind === "Deployment" && fieldOf(manifest, "spec", "strategy", "type") === "RollingUpdate",
      bound: (spec.volumes ?? []).some((volume) => "persistentVolumeClaim" in volume) && Object.keys(release.needs.stores ?? {}).some((store) => isNodeLocal(release, store)),
      spread: (spec.topologySpreadConstraints ?? []).length > 0,
    },
  ];
}

function isNodeLocal(release: Release, store: string): boolean {
  const need = release.needs.stores?.[store];
  if (!need || need.as === "bucket") return false;
  const name = release.placement.storage[store] ?? (need.as === "shared" ? "shared" : need.worth);
  return release.cluster.provides.storage[name]?.nodeLocal ?? false;
}

/** Main containers and sidecars together, or the largest container that runs before them, whichever is more. */
function requestsOf(spec: PodSpec): Requests {
  const inits = spec.initContainers ?? [];
  const sidecars = inits.filter((it) => it.restartPolicy === "Always");
  const running = [...spec.containers, ...sidecars].map(requested);
  const before = inits.filter((it) => it.restartPolicy !== "Always").map(requested);
  const sum = (key: "cpu" | "memory") => running.reduce((total, it) => total + it[key], 0);
  const most = (key: "cpu" | "memory") => Math.max(0, ...before.map((it) => it[key]));
  const devices: Record<string, number> = {};
  for (const it of running) for (const [name, count] of Object.entries(it.devices)) devices[name] = (devices[name] ?? 0) + count;
  return { cpu: Math.max(sum("cpu"), most("cpu")), memory: Math.max(sum("memory"), most("memory")), devices };
}

function requested({ resources }: ContainerSpec): Requests {
  const { cpu = "0", memory = "0Mi", ...others } = { ...resources?.limits, ...resources?.requests };
  const devices = Object.entries(others).filter(([name]) => name.includes("/")).map(([name, count]) => [name, Number(count)]);
  return { cpu: milliCpuOf(`${cpu}` as `${number}`), memory: quantityOfBytes(String(memory)), devices: Object.fromEntries(devices) };
}

const quantityOfBytes = (memory: string): number => (/^\d+$/.test(memory) ? Number(memory) : bytesOf(memory as `${number}Mi`));

function architecturesOf(release: Release, spec: PodSpec): readonly Architecture[] {
  const used = [...spec.containers, ...(spec.initContainers ?? [])].map((it) => it.image);
  const images = release.images.filter((image) => used.includes(`${image.repository}:${image.tag}`));
  return (["amd64", "arm64"] as const).filter((arch) => images.every((image) => image.architectures.includes(arch)));
}
