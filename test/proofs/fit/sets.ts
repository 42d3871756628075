import type { Cluster, Node } from "../../../engine/model/cluster";
import type { PodSet } from "../../../engine/proofs/fit/pods";
import { nothing, type Requests } from "../../../engine/proofs/fit/requests";
import { clusterOf } from "../../lab-of";

/** A set of pods that asks for nothing, with what is given in its place. */
export const setOf = (set: Partial<Omit<PodSet, "requests">> & { readonly requests?: Partial<Requests> } = {}): PodSet => ({
  address: "one/app",
  name: "Deployment/app",
  namespace: "app",
  labels: {},
  count: 1,
  gpuMemory: 0,
  architectures: ["amd64", "arm64"],
  stands: () => true,
  tolerations: [],
  rules: { apart: [], beside: [], spread: [], prefersSpread: false },
  claims: [],
  ports: [],
  pulls: [],
  surges: false,
  ...set,
  requests: { ...nothing, ...set.requests },
});

/** A node of 4 cores and 8Gi, of which the kubelet keeps 100Mi. */
export const nodeOf = (name: string, node: Partial<Node> = {}): Node => ({
  name,
  host: name,
  role: "worker",
  arch: "amd64",
  cpu: 4,
  memory: "8Gi",
  ephemeralStorage: "100Gi",
  address: "",
  disks: [],
  gpus: [],
  labels: {},
  taints: [],
  ...node,
});

export const clusterWith = (...nodes: readonly Node[]): Cluster => clusterOf({ nodes });
