import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../control-plane/build/cache-directory";
import { findGo, type GoToolchain } from "../../control-plane/build/go-toolchain";
import { pythonEnvironment } from "../../control-plane/build/python-environment";
import { OPERATOR_PROGRAMS, type GoProgram, type OperatorProgram, type ProgramName } from "./operator-program";

/** Where each program lies. */
export type OperatorBinaries = ReadonlyMap<ProgramName, string>;

/** Programs of the pins below a directory, from the cache; makes what is missing, one after the other, and says so. */
export async function buildOperators(directory: string, wanted: readonly OperatorProgram[] = OPERATOR_PROGRAMS): Promise<OperatorBinaries> {
  const programs = new Map<ProgramName, string>();
  for (const program of wanted) programs.set(program.name, await pathOf(directory, program));
  return programs;
}

async function pathOf(directory: string, program: OperatorProgram): Promise<string> {
  if ("goPackage" in program) return buildOperator(path.join(directory, program.module ?? program.name), program);
  return path.join(pythonEnvironment(path.join(directory, program.name, "requirements.txt")), program.name);
}

/** Where the files lie that come with a program. */
export const filesOf = (program: string): string => `${program}.files`;

async function buildOperator(directory: string, { name, goPackage, tags = "", texts = {}, files = {} }: GoProgram): Promise<string> {
  const go = findGo(directory, leastGo(readFileSync(path.join(directory, "go.mod"), "utf8")));
  const set = Object.entries(texts).map(([text, value]) => ` -X ${text}=${value}`).join("");
  const target = path.join(cacheDirectory(), `operator-${name}-${keyOf(directory, `${go.description}${tags}${set}`)}`);
  if (existsSync(target)) return target;

  console.log(`Building ${name} into ${target}: some minutes, once.`);
  const started = Date.now();
  mkdirSync(path.dirname(target), { recursive: true });
  // Only a whole program gets its name: another run may be building the same one.
  const partial = `${target}.${String(process.pid)}`;
  try {
    await copyModuleFiles(go, goPackage, files, filesOf(target));
    await go.run(["build", "-ldflags", `-s -w${set}`, "-tags", tags, "-o", partial, goPackage]);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
  console.log(`Built ${name} (${String(Math.round((Date.now() - started) / 1000))} s)`);
  return target;
}

/** Copies what a program's image holds of its module. What lies in the module cache may not be written to. */
async function copyModuleFiles(go: GoToolchain, goPackage: string, files: Readonly<Record<string, string>>, target: string): Promise<void> {
  if (Object.keys(files).length === 0) return;
  const module = (await go.run(["list", "-f", "{{.Module.Dir}}", goPackage])).trim();
  for (const [from, to] of Object.entries(files)) {
    const source = path.join(module, from);
    const found = readdirSync(source, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    for (const file of found.map(({ parentPath, name }) => path.join(parentPath, name))) {
      const copy = path.join(target, to, path.relative(source, file));
      mkdirSync(path.dirname(copy), { recursive: true });
      writeFileSync(copy, readFileSync(file));
    }
  }
}

/** Changes with every pin, with our own sources and with the toolchain. */
export function keyOf(directory: string, toolchain: string): string {
  const hash = createHash("sha256").update(toolchain);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()) {
    hash.update(`\0${path.relative(directory, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function leastGo(goMod: string): string {
  const version = /^go (\S+)$/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error("a go.mod has no go line");
  return version;
}
