/** A program that the runs need: of a Go module below tools/operators that pins it, or of Python packages. */
export type OperatorProgram = GoProgram | PythonProgram;

/** See {@link OperatorProgram}. */
export interface PythonProgram {
  /** The folder of its requirements.txt, and what its command is called. */
  readonly name: ProgramName;
  readonly language: "Python";
  readonly differs?: string;
}

/** See {@link OperatorProgram}. */
export interface GoProgram {
  readonly name: ProgramName;
  /** The folder of its module, where it is not called like the program. */
  readonly module?: string;
  /** The main package, as `go build` takes it. */
  readonly goPackage: string;
  /** Build tags, by which parts are left out that no lab of ours uses. */
  readonly tags?: string;
  /** Texts in its packages that are set as it is linked: ports that no flag chooses, and that its parts would both take here. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Folders of its module that its image holds, by where they lie below the directory that comes with the program. */
  readonly files?: Readonly<Record<string, string>>;
  /** How the program differs from what our manifests deploy, where it does. */
  readonly differs?: string;
}

/** Every program that is built here: operators, other clients of the Kubernetes API, and what stands for the world outside. */
export type ProgramName =
  | "prometheus-operator"
  | "cert-manager"
  | "metallb"
  | "metallb-speaker"
  | "traefik"
  | "kube-state-metrics"
  | "external-secrets"
  | "secret-manager"
  | "external-snapshotter"
  | "prometheus"
  | "metrics-server"
  | "gpu-operator"
  | "velero"
  | "velero-files"
  | "velero-restore-helper"
  | "jupyterhub"
  | "nfd-master"
  | "nfd-worker"
  | "nfd-gc";

const featureDiscovery = (command: string): Pick<GoProgram, "module" | "goPackage"> => ({ module: "node-feature-discovery", goPackage: `sigs.k8s.io/node-feature-discovery/cmd/${command}` });

/** All of them, the cheapest to build first. */
export const OPERATOR_PROGRAMS: readonly OperatorProgram[] = [
  { name: "jupyterhub", language: "Python" },
  { name: "nfd-master", ...featureDiscovery("nfd-master") },
  { name: "nfd-worker", ...featureDiscovery("nfd-worker") },
  { name: "nfd-gc", ...featureDiscovery("nfd-gc") },
  { name: "kube-state-metrics", goPackage: "k8s.io/kube-state-metrics/v2" },
  { name: "metrics-server", goPackage: "sigs.k8s.io/metrics-server/cmd/metrics-server" },
  { name: "external-snapshotter", goPackage: "github.com/kubernetes-csi/external-snapshotter/v8/cmd/snapshot-controller" },
  // Of service discovery only Kubernetes', as for promtool: the others bring every cloud's libraries.
  { name: "prometheus", goPackage: "github.com/prometheus/prometheus/cmd/prometheus", tags: "remove_all_sd,enable_kubernetes_sd" },
  {
    name: "prometheus-operator",
    goPackage: "github.com/prometheus-operator/prometheus-operator/cmd/operator",
    differs: "0.85.0 stands in for 0.95.0, which a module proxy does not serve; it runs against the definitions of 0.95.0",
  },
  {
    name: "cert-manager",
    goPackage: ".",
    differs: "1.21.2 with a main of our own over its packages, without the Vault and Venafi issuers: its commands are modules that a module proxy does not serve",
  },
  {
    name: "metallb",
    goPackage: "go.universe.tf/metallb/controller",
    differs: "0.16.2 with a stand-in for the types of its BGP mode, which is not run: a module proxy does not serve frr-k8s 0.0.27",
  },
  { name: "metallb-speaker", module: "metallb", goPackage: "go.universe.tf/metallb/speaker" },
  {
    name: "gpu-operator",
    goPackage: "github.com/NVIDIA/gpu-operator/cmd/gpu-operator",
    // docker/Dockerfile
    files: { assets: ".", manifests: "manifests" },
    differs: "a commit of September 2025 (d73a0086, between 25.3 and 25.10) stands in for 26.7.0: a module proxy serves no newer one",
  },
  // "0" is none. Server and agents have a pod each: pkg/cmd/server/server.go and pkg/cmd/cli/nodeagent/server.go leave the default.
  { name: "velero", goPackage: "github.com/vmware-tanzu/velero/cmd/velero", texts: { "sigs.k8s.io/controller-runtime/pkg/metrics/server.DefaultBindAddress": "0" } },
  { name: "velero-files", module: "velero", goPackage: "./files" },
  { name: "velero-restore-helper", module: "velero", goPackage: "github.com/vmware-tanzu/velero/cmd/velero-restore-helper" },
  { name: "external-secrets", goPackage: "github.com/external-secrets/external-secrets", differs: "0.19.2 stands in for 2.9.0, whose module a module proxy does not serve" },
  { name: "secret-manager", module: "external-secrets", goPackage: "./secret-manager" },
  { name: "traefik", goPackage: "github.com/traefik/traefik/v3/cmd/traefik", differs: "3.6.12 stands in for 3.7.11" },
];
