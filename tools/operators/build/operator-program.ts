/** An operator's program and the Go module in tools/operators/<name> that pins it. */
export interface OperatorProgram {
  /** The folder of its module, and what the program is called. */
  readonly name: OperatorName;
  /** The main package, as `go build` takes it. */
  readonly goPackage: string;
  /** How the program differs from what our manifests deploy, where it does. */
  readonly differs?: string;
}

/** Every operator that is built here. */
export type OperatorName = "prometheus-operator" | "cert-manager" | "metallb" | "traefik" | "kube-state-metrics";

/** All of them, the cheapest to build first. */
export const OPERATOR_PROGRAMS: readonly OperatorProgram[] = [
  { name: "kube-state-metrics", goPackage: "k8s.io/kube-state-metrics/v2" },
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
  { name: "traefik", goPackage: "github.com/traefik/traefik/v3/cmd/traefik", differs: "3.6.12 stands in for 3.7.11" },
];
