import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "./control-plane/build/cache-directory";

/** Programs of upstream's and ours over their libraries, each of a small Go module of its own below this folder. */
export type Program = keyof typeof programs;

/** A pinned module, and what a build of it depends on besides its pins. */
interface GoModule {
  readonly folder: string;
  /** Our own programs in it. */
  readonly sources: readonly string[];
  readonly tags: string;
}

/** Prometheus' and Alertmanager's own command lines, and ours over Prometheus' parser. Of service discovery only Kubernetes': the others bring every cloud's libraries. */
const prometheus: GoModule = { folder: "prometheus", sources: ["promql-names/main.go"], tags: "remove_all_sd,enable_kubernetes_sd" };
/** Ours over Cilium's policy engine. */
const cilium: GoModule = { folder: "cilium", sources: ["verdicts/main.go"], tags: "" };

const programs = {
  promtool: { module: prometheus, path: "github.com/prometheus/prometheus/cmd/promtool" },
  amtool: { module: prometheus, path: "github.com/prometheus/alertmanager/cmd/amtool" },
  "promql-names": { module: prometheus, path: "./promql-names" },
  verdicts: { module: cilium, path: "./verdicts" },
} as const satisfies Readonly<Record<string, { readonly module: GoModule; readonly path: string }>>;

/** Settings with which a build depends on the pins alone. */
const flagsOf = ({ tags }: GoModule): readonly string[] => ["-trimpath", "-buildvcs=false", "-mod=readonly", `-tags=${tags}`, "-ldflags=-s -w"];

/** What `go version` prints, or undefined where there is no Go. */
export function goVersion(): string | undefined {
  try {
    return execFileSync("go", ["version"], { cwd: __dirname, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/**
 * The path of a program at the versions of go.mod. It is built when it is first asked for, some two minutes, and kept outside
 * the repository until the pins, our own program or Go changes. Throws without Go, and what Go says when a build fails.
 */
export function programPath(name: Program): string {
  const version = goVersion();
  if (version === undefined) throw new Error(`building ${name} needs Go, and there is no go on the PATH: https://go.dev/dl/`);
  const { module, path: what } = programs[name];
  const directory = path.join(cacheDirectory(), `${module.folder}-${keyOf(module, version)}`);
  const program = path.join(directory, name);
  if (existsSync(program)) return program;

  console.log(`Building ${name} into ${directory}: some two minutes, once.`);
  mkdirSync(directory, { recursive: true });
  // Only a whole program gets its name: another process may be building the same one.
  const partial = path.join(directory, `.${name}.${String(process.pid)}`);
  try {
    execFileSync("go", ["build", ...flagsOf(module), "-o", partial, what], { cwd: path.join(__dirname, module.folder), env: { ...process.env, CGO_ENABLED: "0" }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    renameSync(partial, program);
  } finally {
    rmSync(partial, { force: true });
  }
  return program;
}

function keyOf({ folder, sources }: GoModule, toolchain: string): string {
  const hash = createHash("sha256").update(toolchain);
  for (const file of ["go.mod", "go.sum", ...sources]) hash.update("\0").update(readFileSync(path.join(__dirname, folder, file)));
  return hash.digest("hex").slice(0, 16);
}
