/** What the tests must know of a cluster of the lab to stand one up: nothing of how it is installed, all of what pods see. */
export interface ClusterUnderTest {
  readonly name: string;
  /** What its nodes report, such as "v1.36.3+k3s1". The API server is always the one that the Go module pins. */
  readonly kubernetesVersion: string;
  readonly nodes: readonly NodeUnderTest[];
}

/** One node, as the scheduler and the pods see it. */
export interface NodeUnderTest {
  readonly name: string;
  /** The value of the kubernetes.io/arch label. */
  readonly arch: "amd64" | "arm64";
  /** Quantities by resource name: cpu, memory, ephemeral-storage, pods, nvidia.com/gpu. */
  readonly capacity: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly TaintUnderTest[];
}

/** A taint in Kubernetes' own words. */
export interface TaintUnderTest {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
