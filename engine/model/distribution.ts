import type { Bytes, Cpu } from "./quantity";

/**
 * How a Kubernetes distribution differs where manifests must know it. Pure facts, read by policies, providers and apps;
 * nothing asks for a distribution by name where a fact would do.
 */
export interface Distribution {
  readonly name: "k3s" | "kind" | "kubeadm" | "talos";
  /** Whether its CNI enforces NetworkPolicies; where it does not, the owner is told. */
  readonly cni: Cni;
  /** What ships with it and must not be brought again, by app name. */
  readonly bundles: readonly BundledComponent[];
  /** The bundled components that the owner switched off (k3s' `disable:`). */
  readonly disables: readonly BundledComponent[];
  /** The storage class of its bundled local-path provisioner. */
  readonly localPathClass: string;
  /** containerd's socket and configuration, which GPU operators must be told (gpu-operator#415). */
  readonly containerd: { readonly socket: string; readonly config: string };
  /** RuntimeClasses that exist without anyone making them. */
  readonly runtimeClasses: readonly string[];
  /** Who signed the certificates that kubelets serve with: the CA that every pod is given, or each kubelet itself. */
  readonly kubeletTls: "cluster-ca" | "self-signed";
  /** What it runs itself and asks the scheduler for: that much less is left for releases. */
  readonly systemPods: readonly SystemPods[];
  /** Whether an address of the cluster's nodes can be reached from the LAN. Docker's network on a Mac can not. */
  readonly lanReachable: boolean;
}

export interface Cni {
  readonly name: "flannel" | "kindnet" | "calico" | "cilium";
  readonly enforcesPolicies: boolean;
  /**
   * Cilium alone: whether address blocks of policies match nodes, as `policy-cidr-match-mode: nodes` tells it. Without it no
   * policy of Kubernetes' own opens the API server or admits its webhook calls (cilium#20550); Cilium's own name both.
   */
  readonly blocksMatchNodes?: boolean;
  /** It does kube-proxy's work, too, which then does not start. */
  readonly replacesKubeProxy?: boolean;
}

/** Cilium as it comes: its chart asks the scheduler for nothing. The owner installs it before anything else can run: docs/cilium.md. */
export const cilium: Cni = { name: "cilium", enforcesPolicies: true };

/** Whether policies know pods, nodes, the API server and names on the internet, rather than addresses alone. */
export const knowsIdentities = ({ distribution }: { readonly distribution: Distribution }): boolean => distribution.cni.name === "cilium";

export interface SystemPods {
  readonly name: string;
  readonly count: number | "per-node" | "per-control-plane";
  readonly cpu: Cpu;
  readonly memory: Bytes;
}

export type BundledComponent = "traefik" | "servicelb" | "local-path" | "metrics-server" | "coredns";

/**
 * k3s: flannel with the embedded kube-router policy controller, or another CNI in place of both.
 * Bundled components and their names: https://docs.k3s.io/networking/networking-services
 */
export function k3s(options: { disable?: readonly ("traefik" | "servicelb" | "local-storage" | "metrics-server")[]; cni?: Cni } = {}): Distribution {
  const disable = options.disable ?? [];
  const disables = disable.map((name): BundledComponent => (name === "local-storage" ? "local-path" : name));
  const all: readonly BundledComponent[] = ["traefik", "servicelb", "local-path", "metrics-server", "coredns"];
  return {
    name: "k3s",
    cni: options.cni ?? { name: "flannel", enforcesPolicies: true },
    bundles: all.filter((component) => !disables.includes(component)),
    disables,
    localPathClass: "local-path",
    containerd: { socket: "/run/k3s/containerd/containerd.sock", config: "/var/lib/rancher/k3s/agent/etc/containerd/config.toml" },
    // k3s creates these when it finds the runtime on the node: https://docs.k3s.io/advanced#alternative-container-runtime-support
    runtimeClasses: ["nvidia", "nvidia-experimental", "crun"],
    // Its bundled metrics-server verifies the kubelets with the CA in its ServiceAccount: manifests/metrics-server in k3s.
    kubeletTls: "cluster-ca",
    // The requests in its manifests/coredns.yaml and manifests/metrics-server; the others ask for nothing.
    systemPods: all.filter((component) => !disables.includes(component)).flatMap((name) => (name === "coredns" || name === "metrics-server" ? [{ name, count: 1, cpu: "100m", memory: "70Mi" } as const] : [])),
    lanReachable: true,
  };
}

/** Kind: nodes are containers on one machine's Docker network; kindnet enforces NetworkPolicies since 0.24, or another CNI in its place. */
export function kind(options: { cni?: Cni } = {}): Distribution {
  const cni = options.cni ?? { name: "kindnet", enforcesPolicies: true };
  return {
    name: "kind",
    cni,
    bundles: ["local-path", "coredns"],
    disables: [],
    localPathClass: "standard",
    containerd: { socket: "/run/containerd/containerd.sock", config: "/etc/containerd/config.toml" },
    runtimeClasses: [],
    // kubeadm signs no serving certificates: https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs
    kubeletTls: "self-signed",
    // Static pods: cmd/kubeadm/app/phases in kubernetes/kubernetes. kindnet: images/kindnetd in kubernetes-sigs/kind.
    systemPods: [
      ...(cni.name === "kindnet" ? [{ name: "kindnet", count: "per-node", cpu: "100m", memory: "50Mi" } as const] : []),
      { name: "kube-apiserver", count: "per-control-plane", cpu: "250m", memory: "0Mi" },
      { name: "kube-controller-manager", count: "per-control-plane", cpu: "200m", memory: "0Mi" },
      { name: "kube-scheduler", count: "per-control-plane", cpu: "100m", memory: "0Mi" },
      { name: "etcd", count: "per-control-plane", cpu: "100m", memory: "100Mi" },
      { name: "coredns", count: 2, cpu: "100m", memory: "70Mi" },
    ],
    lanReachable: false,
  };
}
