import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Refusal } from "../emit/refusal";
import type { Tree } from "../emit/tree";
import { error } from "../model/finding";
import type { Context } from "./context";
import { checkOut, committedTree, hasFile, isIgnored, placeOf } from "./git";

/** A lab's generated files at a commit. */
export interface BaseFiles {
  readonly tree: Tree;
  /** Whether they were made, because git keeps none of this lab's. */
  readonly made: boolean;
}

/**
 * What a lab's generated files said at a commit. Git keeps them where Argo CD syncs them from; of a lab whose output it ignores, as
 * those of examples/, they are made anew: by the commit's own engine, from the commit's own lab. Throws a {@link Refusal} where they cannot be.
 */
export function baseFiles(context: Context, root: string, commit: string, paths: readonly string[], now: Tree): BaseFiles {
  const tree = committedTree(root, commit, paths, now);
  const lab = relative(root, context.labDir);
  const isKept = tree.size > 0 || !isIgnored(root, paths[0] ?? "");
  // A lab that the commit does not have yet is all new.
  if (isKept || !["lab.ts", "lab.js"].some((file) => hasFile(root, commit, join(lab, file)))) return { tree, made: false };
  const home = mkdtempSync(join(tmpdir(), "hearth-base-"));
  try {
    return { tree: madeIn(home, context, root, commit, paths), made: true };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function madeIn(home: string, { projectRoot, engineRoot, labDir }: Context, root: string, commit: string, paths: readonly string[]): Tree {
  const [checkout, out] = [join(home, "checkout"), join(home, "out")];
  checkOut(root, commit, checkout);
  const repository = placeOf(root).repository;
  /** Where a folder's own past stands; one outside of the repository has none. */
  const past = (folder: string): string => (placeOf(folder).repository === repository ? join(checkout, placeOf(folder).path) : folder);
  linkDependencies(projectRoot, past(projectRoot));
  const launcher = join(past(engineRoot), "engine/cli/launch.cjs");
  const { status, stderr } = spawnSync(process.execPath, [launcher, "synth", "--lab", past(labDir), "--out", out], { cwd: past(projectRoot), encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) {
    const found = `at ${commit.slice(0, 10)} the lab cannot be made: ${stderr.replaceAll(`${checkout}/`, "").trim().split("\n").slice(0, 12).join("\n")}`;
    throw new Refusal([error({ rule: "plan-base", address: relative(projectRoot, labDir) || ".", found, expected: "a base whose lab has no errors: git keeps no generated files of this one", fix: "Name another base with --base" })]);
  }
  return new Map(paths.flatMap((path) => filesAt(join(out, path), path)));
}

/** What is installed now, for code that may be older: to install what it was locked to would take minutes. */
function linkDependencies(from: string, to: string): void {
  const [source, target] = [join(from, "node_modules"), join(to, "node_modules")];
  if (to === from || !existsSync(source)) return;
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source).filter((it) => !ours.has(it))) symlinkSync(join(source, name), join(target, name));
  const lockfile = join(to, "package-lock.json");
  if (existsSync(lockfile)) writeFileSync(join(target, ".hearth-installed"), createHash("sha256").update(readFileSync(lockfile)).digest("hex"));
}

/** What the launcher keeps beside dependencies: install.cjs, program.cjs and lab.cjs. */
const ours: ReadonlySet<string> = new Set([".hearth-installed", ".hearth", ".cache"]);

function filesAt(place: string, path: string): readonly (readonly [path: string, text: string])[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [[path, readFileSync(place, "utf8")]];
  return readdirSync(place).flatMap((name) => filesAt(join(place, name), `${path}/${name}`));
}
