import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import semver from "semver";
import { UserError } from "../user-error";

/** The go command, run inside our module with settings that make a build depend on the pins alone. */
export interface GoToolchain {
  /** What `go version` prints, such as "go version go1.26.8 linux/amd64". */
  readonly description: string;
  /** Runs a go command; returns its standard output; `heard` gets each line of progress. */
  run(args: readonly string[], heard?: (line: string) => void): Promise<string>;
}

const SETTINGS = { CGO_ENABLED: "0", GOFLAGS: "-trimpath -buildvcs=false -mod=readonly" };

/** Finds go on the PATH; says plainly when it is missing or older than the module asks. */
export function findGo(moduleDirectory: string, least: string): GoToolchain {
  const environment = { ...process.env, ...SETTINGS };
  const description = versionOf("go", ["version"], moduleDirectory, `Go ${least} or newer builds the control plane: install it from https://go.dev/dl/`);
  const version = semver.coerce(/go(\d+\.\d+(\.\d+)?)/.exec(description)?.[1]);
  if (version === null || semver.lt(version, least)) {
    throw new UserError(`This is ${description}; the control plane needs Go ${least} or newer: https://go.dev/dl/`);
  }
  return { description, run: (args, heard) => runGo(args, moduleDirectory, environment, heard) };
}

/** `git init --initial-branch`, which serving the repository needs: https://github.com/git/git/blob/v2.28.0/Documentation/RelNotes/2.28.0.txt */
const LEAST_GIT = "2.28.0";

/** Says plainly when git, which serves the repository and which Argo CD runs, is missing or too old. */
export function requireGit(directory: string): void {
  const advice = `git ${LEAST_GIT} or newer serves the repository to Argo CD: install it with your package manager, or from https://git-scm.com`;
  const description = versionOf("git", ["--version"], directory, advice);
  const version = semver.coerce(description);
  if (version === null || semver.lt(version, LEAST_GIT)) throw new UserError(`This is ${description}; ${advice}`);
}

function versionOf(command: string, args: readonly string[], directory: string, advice: string): string {
  try {
    return execFileSync(command, args, { cwd: directory, env: process.env, encoding: "utf8" }).trim();
  } catch (cause) {
    const missing = typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT";
    throw new UserError(missing ? `There is no ${command} on the PATH. ${advice}` : `${String(cause)}\n${advice}`);
  }
}

function runGo(args: readonly string[], directory: string, environment: NodeJS.ProcessEnv, heard: (line: string) => void = () => undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd: directory, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const output: string[] = [];
    const complaints: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    createInterface({ input: child.stderr }).on("line", (line) => {
      complaints.push(line);
      heard(line);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output.join(""));
      else reject(new UserError(`go ${args.join(" ")} failed:\n${complaints.slice(-20).join("\n")}`));
    });
  });
}
