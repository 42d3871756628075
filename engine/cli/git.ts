import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { Refusal } from "../emit/refusal";
import type { Tree } from "../emit/tree";
import { error } from "../model/finding";

/** The commit that a change is compared with. */
export interface Base {
  readonly commit: string;
  /** `3f2a1c0, where this branch left origin/main`. */
  readonly words: string;
}

/**
 * The base that was asked for, or where the branch that is checked out left the one that Argo CD follows: as the remote has it,
 * because that is what is synced. Throws a {@link Refusal} where git knows no such commit.
 */
export function baseOf(root: string, branch: string, given: string | undefined): Base {
  if (git(root, ["rev-parse", "--git-dir"]) === undefined) throw refusal(root, "no git repository", "a checkout, whose history the change is compared with", "Run it inside the lab's repository");
  if (given !== undefined) {
    const commit = commitOf(root, given);
    if (commit === undefined) throw refusal("--base", given, "a commit, a branch or a tag that this checkout has", "See `git branch --all`, or fetch it first");
    return { commit, words: `${commit.slice(0, 10)} (${given})` };
  }
  const followed = [`origin/${branch}`, branch].find((ref) => commitOf(root, ref) !== undefined);
  if (followed === undefined) throw refusal(root, `neither origin/${branch} nor ${branch}`, `the branch that gitops follows`, `Run \`git fetch origin ${branch}\`, or name another base with --base`);
  const commit = git(root, ["merge-base", "HEAD", followed])?.trim();
  if (!commit) throw refusal(root, `no commit that HEAD and ${followed} share`, "a common history", "Fetch all of it (`git fetch --unshallow`; in CI, a fetch depth of 0), or name a base with --base");
  return { commit, words: `${commit.slice(0, 10)}, where this branch left ${followed}` };
}

const commitOf = (root: string, ref: string): string | undefined => git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])?.trim() || undefined;

/** What some files, and those below some directories of the root, said at a commit. A file that is the same in `now` is not read again. */
export function committedTree(root: string, commit: string, paths: readonly string[], now: Tree): Tree {
  const listed = git(root, ["ls-tree", "-r", "-z", commit, "--", ...paths]) ?? "";
  const blobs = listed.split("\0").flatMap((line): readonly (readonly [string, string])[] => {
    const [, hash = "", path = ""] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    return hash === "" ? [] : [[path, hash]];
  });
  const unchanged = blobs.filter(([path, hash]) => now.has(path) && blobHash(now.get(path) ?? "", hash.length) === hash);
  const same = new Set(unchanged.map(([path]) => path));
  const others = blobs.filter(([path]) => !same.has(path));
  const texts = contents(root, others.map(([, hash]) => hash));
  return new Map([...unchanged.map(([path]): [string, string] => [path, now.get(path) ?? ""]), ...others.map(([path], index): [string, string] => [path, texts[index] ?? ""])]);
}

/** Where a folder stands: in which repository, and where in it. */
export function placeOf(folder: string): { readonly repository: string | undefined; readonly path: string } {
  const [repository, path = ""] = (git(folder, ["rev-parse", "--show-toplevel", "--show-prefix"]) ?? "").split("\n");
  return { repository: repository || undefined, path };
}

/** Whether git leaves a file or folder out of the repository. */
export const isIgnored = (root: string, path: string): boolean => git(root, ["check-ignore", "--quiet", "--no-index", "--", `${path}/`]) !== undefined;

/** Whether a commit has a file, by its path from the root. */
export const hasFile = (root: string, commit: string, path: string): boolean => git(root, ["cat-file", "-e", `${commit}:./${path}`]) !== undefined;

/** Writes all of a commit into a new folder, and leaves the repository, its index and its worktrees as they are. */
export function checkOut(root: string, commit: string, folder: string): void {
  const index = { GIT_INDEX_FILE: `${folder}.index` };
  const top = placeOf(root).repository ?? root;
  if (git(top, ["read-tree", commit], index) === undefined || git(top, ["checkout-index", "--all", `--prefix=${folder}/`], index) === undefined)
    throw refusal(root, `${commit.slice(0, 10)} cannot be written to ${folder}`, "all of the commit, and room for it", "Fetch what is missing (a partial clone has not all files), or free some space");
}

/** Values of a trailer in the commits since the base, the newest first. */
export const trailersSince = (root: string, base: string, name: string): readonly string[] =>
  (git(root, ["log", `--format=%(trailers:key=${name},valueonly,unfold)`, `${base}..HEAD`]) ?? "").split("\n").filter((line) => line.trim() !== "");

/** What only other labs of the repository have at some of these commits, by the addresses that a plan knows it by: releases, and Terraform's stacks. */
export function addressesElsewhere(root: string, commits: readonly string[]): ReadonlySet<string> {
  const own = placeOf(root).path;
  const all = commits.flatMap((commit) => (git(root, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit]) ?? "").split("\0")).flatMap((path) => {
    const [, place = "", release, stack] = /^(.*\/)?(?:argocd\/releases\/([^/]+\/[^/]+)\.yaml|infra\/out\/([^/]+)\/[^/]+)$/.exec(path) ?? [];
    const address = release ?? (stack === undefined ? undefined : `infra/${stack}`);
    return address === undefined ? [] : [{ address, isOwn: place === own }];
  });
  const here = new Set(all.filter(({ isOwn }) => isOwn).map(({ address }) => address));
  return new Set(all.map(({ address }) => address).filter((address) => !here.has(address)));
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage; a repository of SHA-256 has longer names. */
const blobHash = (text: string, length: number): string => createHash(length === 64 ? "sha256" : "sha1").update(`blob ${Buffer.byteLength(text)}\0`).update(text).digest("hex");

/** Blobs by their hashes, in one go: `<hash> blob <size>`, a line feed, the content, a line feed. */
function contents(root: string, hashes: readonly string[]): readonly string[] {
  if (hashes.length === 0) return [];
  const { stdout } = spawnSync("git", ["cat-file", "--batch"], { cwd: root, input: hashes.join("\n"), maxBuffer: 2 ** 30 });
  const texts: string[] = [];
  let at = 0;
  while (texts.length < hashes.length) {
    const end = stdout.indexOf(10, at);
    const size = Number(stdout.subarray(at, end).toString().split(" ")[2]);
    texts.push(stdout.subarray(end + 1, end + 1 + size).toString("utf8"));
    at = end + 1 + size + 1;
  }
  return texts;
}

/** What git prints; undefined where it fails. */
function git(root: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 30, env: { ...process.env, ...environment } });
  return status === 0 ? stdout : undefined;
}

const refusal = (address: string, found: string, expected: string, fix: string): Refusal => new Refusal([error({ rule: "plan-base", address, found, expected, fix })]);
