import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../control-plane/build/cache-directory";
import { findGo } from "../../control-plane/build/go-toolchain";
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

async function buildOperator(directory: string, { name, goPackage, tags = "", texts = {} }: GoProgram): Promise<string> {
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
    await go.run(["build", "-ldflags", `-s -w${set}`, "-tags", tags, "-o", partial, goPackage]);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
  console.log(`Built ${name} (${String(Math.round((Date.now() - started) / 1000))} s)`);
  return target;
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
