import path from "node:path";
import type { Pins } from "../pins";
import type { Binaries, UpstreamProgram } from "./binaries";
import type { GoToolchain } from "./go-toolchain";
import { copyArgoCdInstallation, copyGitVerifyWrapper, copyStages, generateArgoCdCrds } from "./upstream-files";

/** One thing that a run needs from the cache and that a build makes: a program or a folder of upstream's files. */
export interface Artifact {
  readonly name: string;
  /** Its file or folder; once it is there it is whole. */
  readonly path: string;
  /** Makes it at `target`, which does not exist yet; `heard` gets lines of progress. */
  make(target: string, go: GoToolchain, heard: (line: string) => void): Promise<void>;
}

/** Everything that the control plane runs, the largest share of common packages first. */
export function artifacts(binaries: Binaries, pins: Pins): readonly Artifact[] {
  const kubernetes = pins.version("k8s.io/kubernetes");
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(kubernetes) ?? [];
  // Unstamped, Kubernetes calls itself v0.0.0-master and emulates no released version.
  const kubernetesStamp = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((holder) => [
    `${holder}.gitVersion=${kubernetes}`,
    `${holder}.gitMajor=${major ?? ""}`,
    `${holder}.gitMinor=${minor ?? ""}`,
  ]);
  const upstream = (name: UpstreamProgram, goPackage: string, stamp: readonly string[] = []): Artifact => program(binaries.upstream(name), goPackage, stamp);
  const argocd = "github.com/argoproj/argo-cd/v3";
  return [
    upstream("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver", kubernetesStamp),
    upstream("kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager", kubernetesStamp),
    upstream("kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler", kubernetesStamp),
    upstream("kubectl", "k8s.io/kubernetes/cmd/kubectl", kubernetesStamp),
    upstream("etcd", "go.etcd.io/etcd/server/v3"),
    upstream("kwok", "sigs.k8s.io/kwok/cmd/kwok", [`sigs.k8s.io/kwok/pkg/consts.Version=${pins.version("sigs.k8s.io/kwok")}`]),
    upstream("argocd", `${argocd}/cmd`, [`${argocd}/common.version=${pins.version(argocd)}`]),
    program(binaries.testbed, "./testbed"),
    files(path.join(binaries.directory, "git-verify-wrapper.sh"), copyGitVerifyWrapper),
    files(binaries.stages, copyStages),
    files(binaries.argocdDefinitions, generateArgoCdCrds),
    files(binaries.argocdInstallation, copyArgoCdInstallation),
  ];
}

function program(file: string, goPackage: string, stamp: readonly string[] = []): Artifact {
  const link = ["-s", "-w", ...stamp.map((value) => `-X ${value}`)].join(" ");
  return {
    name: path.basename(file),
    path: file,
    make: async (target, go, heard) => {
      await go.run(["build", "-v", "-ldflags", link, "-o", target, goPackage], heard);
    },
  };
}

function files(file: string, make: Artifact["make"]): Artifact {
  return { name: path.basename(file), path: file, make };
}
