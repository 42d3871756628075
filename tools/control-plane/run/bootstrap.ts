import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { until } from "../processes/until";
import type { Vault } from "../stand-ins/vault";
import { UserError } from "../user-error";
import { documentedStep, forClusters } from "./documented-steps";

const run = promisify(execFile);

/** The clusters of the default lab that docs/bootstrap.md is written for. */
const WRITTEN_FOR = { hub: "studio", spoke: "forge" };

/** What the documented steps are performed with. */
export interface BootstrapSetting {
  readonly testbed: Testbed;
  readonly clusters: readonly RunningCluster[];
  /** Where the owner's checkout is. */
  readonly workTree: string;
  /** docs/bootstrap.md. */
  readonly document: string;
}

/** Performs the step that starts the hub, line by line: each again until it succeeds, as the document says. */
export async function bootstrapHub(setting: BootstrapSetting, hub: RunningCluster, say: (text: string) => void): Promise<void> {
  const { blocks } = documentedStep(readFileSync(setting.document, "utf8"), "Start the hub");
  const lines = forClusters(blocks.flat(), { [WRITTEN_FOR.hub]: hub.under.name });
  const isDefinition = (line: string): boolean => /^\w+\(\)/.test(line);
  const definitions = lines.filter(isDefinition).join("\n");
  for (const line of lines.filter((each) => !isDefinition(each))) {
    say(line);
    await untilItSucceeds(setting, hub, line, `${definitions}\n${line}`);
  }
}

/** The names by which the vault knows how to reach spokes: the documented step puts them there. */
export const accessKey = (cluster: string): string => `argocd-cluster-${cluster}`;

/** Performs the step that joins a spoke: its first block prints a line for the vault, the others are for when that is stored. */
export async function bootstrapSpoke(setting: BootstrapSetting, hub: RunningCluster, spoke: RunningCluster, vault: Vault): Promise<void> {
  const { blocks } = documentedStep(readFileSync(setting.document, "utf8"), "Join each other cluster");
  const [access = "", ...afterwards] = blocks.map((lines) => forClusters(lines, { [WRITTEN_FOR.spoke]: spoke.under.name, [WRITTEN_FOR.hub]: hub.under.name }).join("\n"));
  const printed = await untilItSucceeds(setting, spoke, `the token of ${spoke.under.name}`, access, (output) => /\{"bearerToken":"[^"]+".*\}/.exec(output)?.[0]);
  vault.put(accessKey(spoke.under.name), printed);
  for (const script of afterwards) await untilItSucceeds(setting, hub, `${spoke.under.name} to be joined`, script);
}

/** Longer than anything takes that a step waits for, on a crowded machine; a mistake says the same all the time. */
const STEP_SECONDS = 600;
const SAME_COMPLAINT_SECONDS = 120;

/** Runs shell code again and again until it succeeds and its output holds what is looked for. */
async function untilItSucceeds(setting: BootstrapSetting, { api }: RunningCluster, what: string, script: string, find: (output: string) => string | undefined = (output) => output): Promise<string> {
  const complaints = new AbortController();
  let last = "";
  let since = Date.now();
  const patience = { what, timeoutSeconds: STEP_SECONDS, everyMilliseconds: 1000, signal: AbortSignal.any([api.process.died, complaints.signal]) };
  return until(patience, async () => {
    try {
      return find(await shell(setting, script));
    } catch (cause) {
      const complaint = cause instanceof Error ? cause.message : String(cause);
      if (complaint !== last) [last, since] = [complaint, Date.now()];
      if (Date.now() - since > SAME_COMPLAINT_SECONDS * 1000) complaints.abort(new UserError(`${what}: the same for ${String(SAME_COMPLAINT_SECONDS)} s: ${complaint}`));
      throw cause;
    }
  });
}

/** Runs shell code in the owner's checkout, with a context for every cluster; returns what it prints. */
async function shell({ testbed, clusters, workTree }: BootstrapSetting, script: string): Promise<string> {
  const { binaries, certificates, processes } = testbed;
  const kubeconfig = path.join(processes.directory, "owner.kubeconfig");
  writeFileSync(kubeconfig, ownersKubeconfig(clusters));
  const environment = {
    PATH: `${binaries.directory}:${process.env["PATH"] ?? ""}`,
    HOME: processes.directory,
    KUBECONFIG: kubeconfig,
    GIT_SSL_CAINFO: certificates.authorityFile,
    GIT_CONFIG_GLOBAL: "/dev/null",
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
