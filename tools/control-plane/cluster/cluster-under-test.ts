import type { KubernetesObject } from "../kubernetes/object";

/** What the tests must know of a lab. */
export interface LabUnderTest {
  /** Where Argo CD fetches the lab's repository, such as "https://git.example.org/hearth/hearth.git". */
  readonly repository: string;
  readonly branch: string;
  /** The cluster whose Argo CD syncs all of them. */
  readonly hub: string;
  readonly clusters: readonly ClusterUnderTest[];
}

/** What the tests must know of a cluster of the lab to stand one up: nothing of how it is installed, all of what pods see. */
export interface ClusterUnderTest {
  readonly name: string;
  /** What its nodes report, such as "v1.36.3+k3s1". The API server is always the one that the Go module pins. */
  readonly kubernetesVersion: string;
  /** Where Argo CD on the hub reaches its API server, such as "https://192.168.40.10:6443". */
  readonly api: string;
  /** CIDRs of its Services and its pods. */
  readonly services: string;
  readonly pods: string;
  readonly nodes: readonly NodeUnderTest[];
  /** What its distribution brings without anyone placing it: storage classes, runtime classes. */
  readonly brings: readonly KubernetesObject[];
}

/** One node, as the scheduler and the pods see it. */
export interface NodeUnderTest {
  readonly name: string;
  /** The value of the kubernetes.io/arch label. */
  readonly arch: "amd64" | "arm64";
  /** What pods can use, as quantities by resource name: cpu, memory, ephemeral-storage, pods, nvidia.com/gpu. */
  readonly allocatable: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly TaintUnderTest[];
}

/** A taint in Kubernetes' own words. */
export interface TaintUnderTest {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
