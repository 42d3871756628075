import { readFileSync } from "node:fs";
import type { RunningCluster } from "../cluster/start-cluster";
import { until } from "../processes/until";
import type { Vault } from "../stand-ins/vault";
import { UserError } from "../user-error";
import { documentedStep, forClusters } from "./documented-steps";
import { ownersShell, type OwnersDesk } from "./owners-shell";

/** The clusters of the default lab that docs/bootstrap.md is written for. */
const WRITTEN_FOR = { hub: "studio", spoke: "forge" };

/** What the documented steps are performed with. */
export interface BootstrapSetting extends OwnersDesk {
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
      return find(await ownersShell(setting, script));
    } catch (cause) {
      const complaint = cause instanceof Error ? cause.message : String(cause);
      if (complaint !== last) [last, since] = [complaint, Date.now()];
      if (Date.now() - since > SAME_COMPLAINT_SECONDS * 1000) complaints.abort(new UserError(`${what}: the same for ${String(SAME_COMPLAINT_SECONDS)} s: ${complaint}`));
      throw cause;
    }
  });
}
