import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { COMMITTER } from "../git/repository";

const run = promisify(execFile);

/** Where the owner sits. */
export interface OwnersDesk {
  readonly testbed: Testbed;
  readonly clusters: readonly RunningCluster[];
  /** Where the owner's checkout is. */
  readonly workTree: string;
}

/** Runs shell code in the owner's checkout, with a context for every cluster; returns what it prints. */
export async function ownersShell({ testbed, clusters, workTree }: OwnersDesk, script: string): Promise<string> {
  const { binaries, certificates, processes } = testbed;
  const kubeconfig = path.join(processes.directory, "owner.kubeconfig");
  writeFileSync(kubeconfig, ownersKubeconfig(clusters));
  const environment = {
    PATH: `${binaries.directory}:${process.env["PATH"] ?? ""}`,
    HOME: processes.directory,
    KUBECONFIG: kubeconfig,
    GIT_SSL_CAINFO: certificates.authorityFile,
    ...COMMITTER,
  };
  try {
    const { stdout } = await run("bash", ["--norc", "-eo", "pipefail", "-c", script], { cwd: workTree, env: environment, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    throw new Error(firstComplaint(cause));
  }
}

/** What a command complained of first, without the script that it was part of. */
function firstComplaint(cause: unknown): string {
  const stderr = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
  return stderr === "" ? String(cause) : (stderr.split("\n").find((line) => /error/i.test(line)) ?? stderr.split("\n")[0]!);
}

/** A context for each cluster under its own name, and under the one that Kind would give it. */
function ownersKubeconfig(clusters: readonly RunningCluster[]): string {
  const all = clusters.map(({ under, api }) => ({ name: under.name, access: api.access("admin") }));
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: all.map(({ name, access }) => ({ name, cluster: { server: access.server, "certificate-authority-data": Buffer.from(access.certificateAuthority).toString("base64") } })),
    users: all.map(({ name, access }) => ({ name, user: { token: access.token } })),
    contexts: all.flatMap(({ name }) => [name, `kind-${name}`].map((context) => ({ name: context, context: { cluster: name, user: name } }))),
  });
}
