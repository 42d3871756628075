import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../control-plane/build/cache-directory";

/** The tools that render Kubernetes objects and are compared with. */
export type Peer = keyof typeof packages;

const packages = {
  helm: "helm.sh/helm/v4/cmd/helm",
  kustomize: "sigs.k8s.io/kustomize/kustomize/v5",
  cue: "cuelang.org/go/cmd/cue",
  jsonnet: "github.com/google/go-jsonnet/cmd/jsonnet",
} as const;

const flags = ["-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags=-s -w"];

/** Programs at the versions of this folder's go.mod: built when first asked for, some minutes for helm, and kept until the pins or Go change. */
export class PeerPrograms {
  private readonly directory: string;

  /** @param moduleDirectory the folder with go.mod */
  constructor(private readonly moduleDirectory: string) {
    const hash = createHash("sha256").update(this.go(["version"]));
    for (const file of ["go.mod", "go.sum"]) hash.update("\0").update(readFileSync(path.join(moduleDirectory, file)));
    this.directory = path.join(cacheDirectory(), `peers-${hash.digest("hex").slice(0, 16)}`);
  }

  pathOf(name: Peer): string {
    const program = path.join(this.directory, name);
    if (existsSync(program)) return program;
    process.stderr.write(`Building ${name} into ${this.directory}, once.\n`);
    mkdirSync(this.directory, { recursive: true });
    // Only a whole program gets its name: another process may be building the same one.
    const partial = path.join(this.directory, `.${name}.${process.pid}`);
    try {
      this.go(["build", ...flags, "-o", partial, packages[name]]);
      renameSync(partial, program);
    } finally {
      rmSync(partial, { force: true });
    }
    return program;
  }

  /** `v4.3.1`, as go.mod pins it. */
  versionOf(name: Peer): string {
    return this.go(["list", "-f", "{{with .Module}}{{.Version}}{{end}}", packages[name]]).trim();
  }

  private go(args: readonly string[]): string {
    return execFileSync("go", args, { cwd: this.moduleDirectory, env: { ...process.env, CGO_ENABLED: "0" }, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  }
}
