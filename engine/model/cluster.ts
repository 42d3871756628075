import type { Distribution } from "./distribution";
import type { Disk, GpuDevice, Host } from "./host";
import type { Architecture } from "./image";
import type { Environment, Placement, Toleration } from "./placement";
import type { Provides } from "./provides";
import type { Bytes } from "./quantity";

/** One Kubernetes cluster: where it runs, how it meets needs, and what runs on it. */
export interface Cluster {
  readonly name: string;
  /** What it is for, in the owner's words. */
  readonly role: string;
  readonly environment: Environment;
  readonly distribution: Distribution;
  /** Minor version whose schemas everything on it must fit: `1.36`. */
  readonly kubernetes: string;
  readonly network: ClusterNetwork;
  readonly nodes: readonly Node[];
  readonly provides: Provides;
  readonly runs: readonly Placement[];
  /** A release that was taken out of `runs`, with what happens to it and to its data. */
  readonly retired?: readonly Retired[];
  /** Follow this tag or branch instead of the lab's main branch. */
  readonly revision?: string;
}

export interface ClusterNetwork {
  /** The lab network its nodes stand in. */
  readonly nodes: string;
  readonly pods: string;
  readonly services: string;
  /** Where the API server is reached from the hub and by other machines: `https://192.168.40.10:6443`. */
  readonly api: string;
  /** Addresses for LoadBalancer Services, `first-last`, by pool name. None on Kind, whose network the LAN cannot reach. */
  readonly pools?: Readonly<Record<string, string>>;
  /** The pool address of the ingress; every `*.<cluster>.<domain>` name points at it. */
  readonly ingress?: string;
  /** Kind: ports of the host that lead into the cluster. */
  readonly hostPorts?: HostPorts;
}

/** A range of the host's own ports that belongs to one Kind cluster, so that clusters on one machine never collide. */
export interface HostPorts {
  readonly host: string;
  readonly from: number;
  readonly to: number;
  readonly http: number;
  readonly https: number;
}

/** A node as the scheduler will see it. */
export interface Node {
  readonly name: string;
  readonly host: string;
  readonly role: "control-plane" | "worker";
  readonly arch: Architecture;
  /** Cores and memory that it has for itself; on a shared host its declared share. */
  readonly cpu: number;
  readonly memory: Bytes;
  readonly ephemeralStorage: Bytes;
  readonly address: string;
  readonly disks: readonly Disk[];
  readonly gpus: readonly GpuDevice[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Toleration[];
}

/** A whole host as one node. */
export function nodeOn(
  host: Host,
  options: { network: string; role: "control-plane" | "worker"; labels?: Readonly<Record<string, string>>; taints?: readonly Toleration[] },
): Node {
  const address = host.addresses[options.network];
  return {
    name: host.name,
    host: host.name,
    role: options.role,
    arch: host.arch,
    cpu: host.cpu,
    memory: host.memory,
    ephemeralStorage: host.disks.find((disk) => disk.use === "system")?.size ?? "0Gi",
    address: address ?? "",
    disks: host.disks,
    gpus: host.gpus ?? [],
    labels: options.labels ?? {},
    taints: options.taints ?? [],
  };
}

/** A release on its way out. Deleting is explicit: what is neither placed nor retired may not disappear from `dist/`. */
export interface Retired {
  /** As it was placed; it is still needed to know what it owned. */
  readonly placement: Placement;
  readonly because: string;
  /** `orphan`: its folder goes and Argo CD deletes nothing. `delete`: its folder keeps only its data, and Argo CD prunes the rest. */
  readonly app: "orphan" | "delete";
  /**
   * `keep`: claims and everything else that is guarded stay in the folder with their guards. `unguard`: they stay, without
   * guards. `delete`: they leave the folder, and Argo CD prunes what an earlier commit had unguarded; what is still guarded stays.
   */
  readonly data: "keep" | "unguard" | "delete";
}

/** Takes a placement out of service: `retire(place(ollama), { because: "moved to forge", app: "delete", data: "keep" })`. */
export const retire = (placement: Placement, how: Omit<Retired, "placement">): Retired => ({ placement, ...how });
