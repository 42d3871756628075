import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Modules stay at what go.mod and go.sum pin, and nothing fetches another Go. */
const environment = { ...process.env, GOFLAGS: "-mod=readonly -buildvcs=false", GOTOOLCHAIN: "local", GOWORK: "off" };

/** Runs a program in a folder and returns what it printed; throws with its complaint when it fails. */
export function run(program: string, args: readonly string[], directory: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: directory, env: environment, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error !== undefined) throw new Error(`${program}: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed in ${directory}:\n${stderr}${stdout}`);
  return stdout;
}

/** The programs that the import needs, built from their pinned modules. */
export interface Programs {
  readonly controllerGen: string;
  /** Prints the schemas of the built-in kinds. */
  readonly schemas: string;
  /** Prints what the API server would refuse of CRDs. */
  readonly check: string;
}

/** @param modules the folder of the pinned modules; @param bin where the programs go. */
export function buildPrograms(modules: string, bin: string): Programs {
  const build = (module: string, main: string): void => {
    run("go", ["build", "-o", `${bin}/`, main], join(modules, module));
  };
  build("controller-gen", "sigs.k8s.io/controller-tools/cmd/controller-gen");
  build("kubernetes", "./...");
  return { controllerGen: join(bin, "controller-gen"), schemas: join(bin, "schemas"), check: join(bin, "check") };
}

/** The version of a module that a pinned module requires, without its leading "v". */
export function moduleVersion(module: string, directory: string): string {
  return run("go", ["list", "-m", "-f", "{{.Version}}", module], directory).trim().replace(/^v/, "");
}

/** Where the module cache holds a module's files. */
export function moduleDirectory(module: string, directory: string): string {
  return run("go", ["list", "-m", "-f", "{{.Dir}}", module], directory).trim();
}

/** The packages that a pinned module imports: the ones to generate from. */
export function importedPackages(directory: string): readonly string[] {
  return run("go", ["list", "-f", '{{join .Imports " "}}', "."], directory).trim().split(" ");
}
