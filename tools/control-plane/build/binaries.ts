import path from "node:path";

/** The built programs and what else comes from their modules. */
export interface Binaries {
  /** The path of an upstream program, such as "kube-apiserver". */
  upstream(name: UpstreamProgram): string;
  /** Holds the upstream programs; on the PATH of whoever expects helpers there. */
  readonly directory: string;
  /** Our own Go program. */
  readonly testbed: string;
  /** KWOK's own stages. */
  readonly stages: string;
  /** Argo CD's custom resource definitions. */
  readonly argocdDefinitions: string;
  /** Argo CD's own manifests/install.yaml. */
  readonly argocdInstallation: string;
}

/** What is built from upstream's modules. */
export type UpstreamProgram = "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kubectl" | "etcd" | "kwok" | "argocd";

/** Where each lies below the cache directory. */
export function binariesIn(cache: string, upstreamKey: string, testbedKey: string): Binaries {
  const directory = path.join(cache, upstreamKey);
  return {
    directory,
    upstream: (name) => path.join(directory, name),
    testbed: path.join(cache, `testbed-${testbedKey}`),
    stages: path.join(directory, "kwok-stages"),
    argocdDefinitions: path.join(directory, "argocd-crds"),
    argocdInstallation: path.join(directory, "argocd-install.yaml"),
  };
}
