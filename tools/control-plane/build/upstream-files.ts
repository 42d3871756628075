import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { GoToolchain } from "./go-toolchain";

/** KWOK has no stages built in and exits without any: its own for nodes and pods come from its module. */
export async function copyStages(target: string, go: GoToolchain): Promise<void> {
  const stages = path.join(await moduleDirectory("sigs.k8s.io/kwok", go), "kustomize", "stage");
  mkdirSync(target);
  for (const folder of ["node/fast", "node/heartbeat-with-lease", "pod/fast"]) {
    for (const file of readdirSync(path.join(stages, folder))) {
      if (file.endsWith(".yaml") && file !== "kustomization.yaml") copyFileSync(path.join(stages, folder, file), path.join(target, file));
    }
  }
}

/** Argo CD's repo-server runs this script for every revision, even with signatures off; its image has it on the PATH. */
export async function copyGitVerifyWrapper(target: string, go: GoToolchain): Promise<void> {
  const directory = await moduleDirectory("github.com/argoproj/argo-cd/v3", go);
  copyFileSync(path.join(directory, "hack", "git-verify-wrapper.sh"), target);
  chmodSync(target, 0o755);
}

/** Argo CD as its own manifests install it, for a lab that comes to one. */
export async function copyArgoCdInstallation(target: string, go: GoToolchain): Promise<void> {
  copyFileSync(path.join(await moduleDirectory("github.com/argoproj/argo-cd/v3", go), "manifests", "install.yaml"), target);
}

/** Argo CD's custom resource definitions from its Go types, for labs whose output does not bring them. */
export async function generateArgoCdCrds(target: string, go: GoToolchain): Promise<void> {
  const types = "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1";
  await go.run(["tool", "controller-gen", "crd:crdVersions=v1,maxDescLen=0", `paths=${types}`, `output:crd:dir=${target}`]);
  for (const file of readdirSync(target)) {
    // A file without a group belongs to a type that is not a resource of its own.
    if (file.startsWith("_")) rmSync(path.join(target, file));
  }
}

async function moduleDirectory(module: string, go: GoToolchain): Promise<string> {
  return (await go.run(["list", "-m", "-f", "{{.Dir}}", module])).trim();
}
