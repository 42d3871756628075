import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Prometheus' and Alertmanager's own command lines, and ours over Prometheus' parser. */
export type Program = keyof typeof packages;

const packages = {
  promtool: "github.com/prometheus/prometheus/cmd/promtool",
  amtool: "github.com/prometheus/alertmanager/cmd/amtool",
  "promql-names": "./promql-names",
} as const;

const moduleDirectory = __dirname;

/** Settings with which a build depends on the pins alone. Of service discovery only Kubernetes': the others bring every cloud's libraries. */
const flags = ["-trimpath", "-buildvcs=false", "-mod=readonly", "-tags=remove_all_sd,enable_kubernetes_sd", "-ldflags=-s -w"];

/** What `go version` prints, or undefined where there is no Go. */
export function goVersion(): string | undefined {
  try {
    return execFileSync("go", ["version"], { cwd: moduleDirectory, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
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
  const directory = path.join(cacheDirectory(), `prometheus-${keyOf(version)}`);
  const program = path.join(directory, name);
  if (existsSync(program)) return program;

  console.log(`Building ${name} into ${directory}: some two minutes, once.`);
  mkdirSync(directory, { recursive: true });
  // Only a whole program gets its name: another process may be building the same one.
  const partial = path.join(directory, `.${name}.${String(process.pid)}`);
  try {
    execFileSync("go", ["build", ...flags, "-o", partial, packages[name]], { cwd: moduleDirectory, env: { ...process.env, CGO_ENABLED: "0" }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    renameSync(partial, program);
  } finally {
    rmSync(partial, { force: true });
  }
  return program;
}

/** As for every program that tests build: https://specifications.freedesktop.org/basedir-spec/latest/ unless HEARTH_CACHE says otherwise. */
const cacheDirectory = (): string =>
  path.join(process.env["HEARTH_CACHE"] ?? path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "hearth"), "bin");

function keyOf(toolchain: string): string {
  const hash = createHash("sha256").update(toolchain);
  for (const file of ["go.mod", "go.sum", "promql-names/main.go"]) hash.update("\0").update(readFileSync(path.join(moduleDirectory, file)));
  return hash.digest("hex").slice(0, 16);
}
