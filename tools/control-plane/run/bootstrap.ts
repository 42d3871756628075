import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { until } from "../processes/until";
import type { Vault } from "../stand-ins/vault";
import { documentedStep, forCluster } from "./documented-steps";

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
export async function bootstrapHub(setting: BootstrapSetting, hub: RunningCluster): Promise<void> {
  const lines = forCluster(documentedStep(readFileSync(setting.document, "utf8"), "Start the hub").lines, WRITTEN_FOR.hub, hub.under.name);
  const isDefinition = (line: string): boolean => /^\w+\(\)/.test(line);
  const definitions = lines.filter(isDefinition).join("\n");
  for (const line of lines.filter((each) => !isDefinition(each))) {
    await until({ what: `\`${line}\``, timeoutSeconds: 120, everyMilliseconds: 1000, signal: hub.api.process.died }, () => shell(setting, `${definitions}\n${line}`));
  }
}

/** Performs the step that joins a spoke, and stores the line that it prints in the vault. */
export async function bootstrapSpoke(setting: BootstrapSetting, spoke: RunningCluster, vault: Vault): Promise<void> {
  const { lines } = documentedStep(readFileSync(setting.document, "utf8"), "Join each other cluster");
  const script = forCluster(lines, WRITTEN_FOR.spoke, spoke.under.name).join("\n");
  const access = await until({ what: `the token for ${spoke.under.name}`, timeoutSeconds: 60, everyMilliseconds: 1000, signal: spoke.api.process.died }, async () => /\{"bearerToken":"[^"]+".*\}/.exec(await shell(setting, script))?.[0]);
  vault.put(`argocd-cluster-${spoke.under.name}`, access);
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
  const { stdout } = await run("bash", ["--norc", "-eo", "pipefail", "-c", script], { cwd: workTree, env: environment, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
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
