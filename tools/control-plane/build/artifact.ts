import type { Pins } from "../pins";
import type { GoToolchain } from "./go-toolchain";
import { copyStages, copyGitVerifyWrapper, generateArgoCdCrds } from "./upstream-files";

/** One thing that a run needs from the cache and that a build makes: a program or a folder of upstream's files. */
export interface Artifact {
  /** Its file or folder below the cache directory; once it is there it is whole. */
  readonly name: string;
  /** Makes it at `target`, which does not exist yet; `heard` gets lines of progress. */
  make(target: string, go: GoToolchain, heard: (line: string) => void): Promise<void>;
}

/** Everything that the control plane runs, the largest share of common packages first. */
export function artifacts(pins: Pins): readonly Artifact[] {
  const kubernetes = pins.version("k8s.io/kubernetes");
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(kubernetes) ?? [];
  // Unstamped, Kubernetes calls itself v0.0.0-master and emulates no released version.
  const kubernetesStamp = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((holder) => [
    `${holder}.gitVersion=${kubernetes}`,
    `${holder}.gitMajor=${major ?? ""}`,
    `${holder}.gitMinor=${minor ?? ""}`,
  ]);
  return [
    ...["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"].map((name) => program(name, `k8s.io/kubernetes/cmd/${name}`, kubernetesStamp)),
    program("etcd", "go.etcd.io/etcd/server/v3"),
    program("kwok", "sigs.k8s.io/kwok/cmd/kwok", [`sigs.k8s.io/kwok/pkg/consts.Version=${pins.version("sigs.k8s.io/kwok")}`]),
    program("argocd", "github.com/argoproj/argo-cd/v3/cmd", [`github.com/argoproj/argo-cd/v3/common.version=${pins.version("github.com/argoproj/argo-cd/v3")}`]),
    program("redis", "./redis"),
    { name: "git-verify-wrapper.sh", make: copyGitVerifyWrapper },
    { name: "kwok-stages", make: copyStages },
    { name: "argocd-crds", make: generateArgoCdCrds },
  ];
}

function program(name: string, goPackage: string, stamp: readonly string[] = []): Artifact {
  const link = ["-s", "-w", ...stamp.map((value) => `-X ${value}`)].join(" ");
  return {
    name,
    make: async (target, go, heard) => {
      await go.run(["build", "-v", "-ldflags", link, "-o", target, goPackage], heard);
    },
  };
}
