import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

/** A git repository of the run: a work tree, and the bare one that its commits are pushed to and served from. */
export interface Repository {
  /** Change files here, then {@link Repository.commit}. */
  readonly workTree: string;
  /** Commits everything and pushes it; returns the commit's hash. */
  commit(message: string): string;
  /** The hash of the commit that the work tree stands at. */
  head(): string;
}

/** The environment of whoever commits: nobody's own git configuration is read, so that hooks and signing stay out of it. */
export const COMMITTER = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "e2e",
  GIT_AUTHOR_EMAIL: "e2e@example.invalid",
  GIT_COMMITTER_NAME: "e2e",
  GIT_COMMITTER_EMAIL: "e2e@example.invalid",
};

/** Makes an empty repository that is served as a URL's, below the root of the git server. */
export function createRepository(serverRoot: string, workTree: string, url: string, branch: string): Repository {
  const bare = path.join(serverRoot, repositoryPath(url));
  mkdirSync(workTree, { recursive: true });
  mkdirSync(bare, { recursive: true });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: workTree, env: { ...process.env, ...COMMITTER }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  git("init", "--quiet", "--bare", `--initial-branch=${branch}`, bare);
  git("init", "--quiet", `--initial-branch=${branch}`);
  git("remote", "add", "origin", bare);
  return {
    workTree,
    commit: (message) => {
      git("add", "--all", "--force", ".");
      git("commit", "--quiet", "--allow-empty", "-m", message);
      git("push", "--quiet", "--set-upstream", "origin", branch);
      return git("rev-parse", "HEAD");
    },
    head: () => git("rev-parse", "HEAD"),
  };
}

/** Marks the commit of a repository's work tree as a release, for Applications that follow a tag. */
export function tag({ workTree }: Repository, name: string): void {
  const options = { cwd: workTree, env: { ...process.env, ...COMMITTER } };
  execFileSync("git", ["tag", name], options);
  execFileSync("git", ["push", "--quiet", "origin", name], options);
}

/** Where the git server finds the repository of an https URL: host, then path. */
export function repositoryPath(url: string): string {
  const { hostname, pathname } = new URL(url);
  return path.join(hostname, `${pathname.replace(/\/$/, "").replace(/\.git$/, "")}.git`);
}
