import { z } from "zod";
import { isTolerated, labelledNodes } from "../../engine/model/candidate-nodes";
import type { Node } from "../../engine/model/cluster";
import type { GpuNeed } from "../../engine/model/needs";
import { image, imageSetting } from "../../engine/model/image";
import { bytes, bytesFrom, bytesOf, cpu, milliCpuOf } from "../../engine/model/quantity";
import type { Site } from "../../engine/model/site";

/** What a person may choose when they start their server: an image, and what it gets of a node. */
export const profileSetting = z.strictObject({
  /** A label, as pods and the form's addresses carry it. */
  name: z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, { error: 'a short label such as "large-memory"' }),
  /** As people read it in the form. */
  title: z.string().min(1),
  description: z.string().default(""),
  /** One of Jupyter's own, or any image that brings jupyterhub-singleuser and runs as user 1000 of group 100. */
  image: imageSetting,
  cpu: cpu.default("1"),
  memory: bytes.default("2Gi"),
  /** What the server may use at the most: beyond it, the kernel that took too much is killed. */
  memoryLimit: bytes.default("8Gi"),
  /** Devices, or shares of one where the cluster shares its GPUs, and the memory that each must have. */
  gpu: z.strictObject({ shares: z.int().min(1).default(1), memory: bytes.default("8Gi") }).optional(),
  /** `where-it-fits` leaves it out, without a word, where no node could carry it. */
  offered: z.enum(["always", "where-it-fits"]).default("always"),
});

export type Profile = z.output<typeof profileSetting>;

/** A release and where it runs, as far as profiles depend on it. */
export interface Where {
  readonly name: string;
  readonly site: Site;
  readonly settings: { readonly profiles: readonly Profile[] };
}

/** Tags and variants: https://github.com/jupyter/docker-stacks/blob/main/docs/using/selecting.md. CUDA 12 also runs on drivers that are too old for 13. */
export const usualProfiles: readonly z.input<typeof profileSetting>[] = [
  { name: "cpu", title: "CPU", description: "Python with the scientific libraries", image: image("quay.io/jupyter/scipy-notebook", "2026-07-28") },
  {
    name: "large-memory",
    title: "Large memory",
    description: "The same, for data that must be held at once",
    image: image("quay.io/jupyter/scipy-notebook", "2026-07-28"),
    cpu: "2",
    memory: "8Gi",
    memoryLimit: "32Gi",
    offered: "where-it-fits",
  },
  {
    name: "gpu",
    title: "GPU",
    description: "PyTorch with CUDA",
    image: image("quay.io/jupyter/pytorch-notebook", "cuda12-2026-07-28"),
    cpu: "2",
    memory: "8Gi",
    memoryLimit: "24Gi",
    gpu: {},
    offered: "where-it-fits",
  },
];

/** The profiles that people of this release see. */
export const offeredProfiles = (where: Where): readonly Profile[] => where.settings.profiles.filter((it) => it.offered === "always" || nodesFor(it, where).length > 0);

/** The nodes that could carry a server of a profile, if nothing else stood there. */
export function nodesFor(profile: Profile, { name, site: { cluster } }: Where): readonly Node[] {
  const placement = cluster.runs.find((it) => it.name === name);
  if (!placement) return [];
  const gpu = gpuNeedOf([profile]);
  const tolerations = [
    ...placement.tolerates.map((it) => ({ ...it, operator: it.value === undefined ? "Exists" : "Equal" })),
    ...(gpu ? (cluster.provides.gpu?.provide(gpu).tolerations ?? []) : []),
  ];
  return labelledNodes({ cluster, placement }).filter((node) => isTolerated(node, tolerations) && canCarry(node, profile) && devicesFor(profile, node) >= 1 && hasShares(profile, node, cluster.provides.gpu?.shares ?? 0));
}

const canCarry = (node: Node, { cpu, memory, memoryLimit, image }: Profile): boolean =>
  image.architectures.includes(node.arch) && milliCpuOf(cpu) <= node.cpu * 1000 && bytesOf(memory) <= bytesOf(node.memory) && bytesOf(memoryLimit) <= bytesOf(node.memory);

/** Devices of a node that are large enough; a profile without a GPU asks for none. */
const devicesFor = ({ gpu }: Profile, node: Node): number => (gpu ? node.gpus.filter((it) => it.vendor === "nvidia" && bytesOf(it.memory) >= bytesOf(gpu.memory)).length : 1);

const hasShares = (profile: Profile, node: Node, shares: number): boolean => profile.gpu === undefined || devicesFor(profile, node) * shares >= profile.gpu.shares;

/** What one server takes of a node's GPUs at the most. */
export function gpuNeedOf(profiles: readonly Profile[]): GpuNeed | undefined {
  const gpus = profiles.flatMap(({ gpu }) => (gpu ? [gpu] : []));
  if (gpus.length === 0) return undefined;
  return { vendor: "nvidia", count: Math.max(...gpus.map(({ shares }) => shares)), memory: bytesFrom(Math.max(...gpus.map(({ memory }) => bytesOf(memory)))) };
}
