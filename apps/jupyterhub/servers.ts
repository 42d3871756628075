import type { Volume, VolumeMount } from "cdk8s-plus-30/lib/imports/k8s";
import type { GpuGrant, PodsGrant, VolumeGrant } from "../../engine/model/grants";
import { reference } from "../../engine/model/image";
import type { Made } from "../../engine/model/makes";
import { bytesFrom, bytesOf, milliCpuOf, type Bytes } from "../../engine/model/quantity";
import { nodesFor, offeredProfiles, type Profile, type Where } from "./profiles";

/** What every person's server carries: KubeSpawner adds the component, which it also looks for. */
export const serverLabels = (name: string) => ({ "app.kubernetes.io/name": "jupyterhub", "app.kubernetes.io/instance": name, "app.kubernetes.io/managed-by": "kubespawner" });

/** https://github.com/jupyterhub/kubespawner/blob/7.0.0/kubespawner/spawner.py: component_label. */
export const serverComponent = "singleuser-server";

/** Tells servers with a GPU from the others. */
const gpuLabel = { "hearth.dev/takes": "gpu" };

interface Servers extends Where {
  readonly settings: Where["settings"] & { readonly servers?: number | undefined; readonly gpuServers: number };
}

/** How many servers may run at once. */
export const serversOf = ({ settings, site }: Servers): number => settings.servers ?? site.lab.people.length;

/** The pods that the hub makes: one for each person who is there, as large as the largest profile, and some with a GPU. */
export function madeServers(where: Servers): readonly Made[] {
  const offered = offeredProfiles(where);
  const withGpu = offered.filter(({ gpu }) => gpu !== undefined);
  const labels = { ...serverLabels(where.name), "app.kubernetes.io/component": serverComponent };
  const exempt = { "writable-root": "people install packages into the environment that their image brings" };
  return [
    { component: serverComponent, labels, count: serversOf(where), requests: largest(offered.filter(({ gpu }) => gpu === undefined)), architectures: architecturesOf(offered), images: offered.filter(({ gpu }) => gpu === undefined).map(({ image }) => image), exempt },
    ...(withGpu.length > 0
      ? [
          {
            component: `${serverComponent}-gpu`,
            like: serverComponent,
            labels: { ...labels, ...gpuLabel },
            count: where.settings.gpuServers,
            requests: largest(withGpu),
            gpus: sharesOf(withGpu),
            nodes: [...new Set(withGpu.flatMap((it) => nodesFor(it, where).map(({ name }) => name)))],
            architectures: architecturesOf(withGpu),
            images: withGpu.map(({ image }) => image),
            exempt,
          },
        ]
      : []),
  ];
}

/** What every server is sure to get of its node's disk. */
const scratchGuaranteed: Bytes = "1Gi";

const largest = (profiles: readonly Profile[]): Made["requests"] => ({
  cpu: `${Math.max(0, ...profiles.map((it) => milliCpuOf(it.cpu)))}m`,
  memory: bytesFrom(Math.max(0, ...profiles.map((it) => bytesOf(it.memory)))),
  ephemeralStorage: scratchGuaranteed,
});

const architecturesOf = (profiles: readonly Profile[]) => (["amd64", "arm64"] as const).filter((arch) => profiles.some(({ image }) => image.architectures.includes(arch)));

const sharesOf = (profiles: readonly Profile[]): number => Math.max(0, ...profiles.map(({ gpu }) => gpu?.shares ?? 0));

interface Granted {
  readonly gpu: GpuGrant | undefined;
  readonly pods: PodsGrant;
  /** What a server may write outside of its home. */
  readonly scratch: Bytes;
}

/** A profile as KubeSpawner's form and its pods want it. */
export function spawnerProfile(profile: Profile, index: number, where: Where, { gpu, pods, scratch }: Granted): Readonly<Record<string, unknown>> {
  const [arch, ...others] = profile.image.architectures;
  return {
    slug: profile.name,
    display_name: profile.title,
    description: profile.description,
    ...(index === 0 ? { default: true } : {}),
    kubespawner_override: {
      image: reference(profile.image),
      cpu_guarantee: milliCpuOf(profile.cpu) / 1000,
      mem_guarantee: bytesOf(profile.memory),
      mem_limit: bytesOf(profile.memoryLimit),
      extra_resource_guarantees: { "ephemeral-storage": scratchGuaranteed },
      extra_resource_limits: { "ephemeral-storage": scratch, ...(profile.gpu && gpu ? { [gpu.resource]: String(profile.gpu.shares) } : {}) },
      ...(others.length === 0 && arch ? { node_selector: { "kubernetes.io/arch": arch } } : {}),
      ...(profile.gpu && gpu
        ? {
            extra_labels: gpuLabel,
            extra_pod_config: { runtimeClassName: gpu.runtimeClassName },
            // An override replaces a list whole.
            tolerations: [...pods.tolerations, ...gpu.tolerations],
            // A device counts as one however small it is: nodes are named for their size.
            node_affinity_required: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: nodesFor(profile, where).map(({ name }) => name) }] }],
          }
        : {}),
    },
  };
}

const home = "/home/jovyan";

/** What a server mounts: its person's home, memory that its processes share, and the place where all people meet. */
export const serverVolumes = (common: VolumeGrant | undefined): { readonly volumes: Readonly<Record<string, Volume>>; readonly mounts: Readonly<Record<string, VolumeMount>> } => ({
  volumes: {
    home: { name: "home", persistentVolumeClaim: { claimName: "{pvc_name}" } },
    // PyTorch's loaders pass batches through it, and the runtime's own 64Mi are soon full. It counts as the server's memory.
    shm: { name: "shm", emptyDir: { medium: "Memory" } },
    ...(common ? { shared: { name: "shared", persistentVolumeClaim: { claimName: common.claimName } } } : {}),
  },
  mounts: {
    home: { name: "home", mountPath: home },
    shm: { name: "shm", mountPath: "/dev/shm" },
    ...(common ? { shared: { name: "shared", mountPath: `${home}/shared` } } : {}),
  },
});

/** The most that all pods of the namespace may hold, whatever the hub is told or made to ask for. */
export function quotaOf(where: Servers, gpu: GpuGrant | undefined, core: Bytes): Readonly<Record<string, string>> {
  const offered = offeredProfiles(where);
  const limit = Math.max(0, ...offered.map((it) => bytesOf(it.memoryLimit)));
  return {
    "limits.memory": bytesFrom(serversOf(where) * limit + bytesOf(core)),
    ...(gpu ? { [`requests.${gpu.resource}`]: String(where.settings.gpuServers * sharesOf(offered)) } : {}),
  };
}
