import { mkdtempSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { resolve } from "../../../engine/model/resolve";
import { synthesize } from "../../../engine/synth";
import { assertionLines, verdictLines } from "../assertions/assertion";
import { build } from "../build/build";
import { definitionSources } from "../definitions/definition-sources";
import { gitHosts } from "../git/git-hosts";
import { labUnderTest } from "../lab/lab-under-test";
import { arrange } from "../manifests/lab-output";
import { manifestsIn } from "../manifests/manifest";
import { addressesOf } from "../network/addresses";
import { enterNetwork } from "../network/enter-network";
import type { Processes } from "../processes/processes";
import { withProcesses } from "../processes/with-processes";
import { hubRelease } from "../run/hub-release";
import { standUp } from "../run/stand-up";
import { step } from "../run/step";
import { DRILLS } from "./drills";
import { drillLab } from "./lab";
import { OPERATORS_WEBHOOK } from "./operator-late";
import { ownersSynth } from "./owners-synth";
import { runDrills, summaryOf, type Verdict } from "./run-drills";
import { named, runCommand } from "../run-command";
import { Scene } from "./scene";

/** The options of the command, as commander reads them. */
interface Options {
  readonly only?: readonly string[];
  readonly keep?: true;
  /** Set by the run itself when it starts over inside its own network. */
  readonly inside?: true;
}

/** The command; `root` is the repository whose engine and documents are tested. Ends the process. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const program = new Command("drills")
    .description("Accidents on a real control plane: nothing that holds data goes with any of them.")
    .option("--only <names...>", "only these drills")
    .option("--keep", "leave the temporary directory, with every log")
    .action((options: Options) => drill(root, options, argv));
  program.addOption(program.createOption("--inside").hideHelp());
  await runCommand(program, argv);
}

async function drill(root: string, { only, keep, inside }: Options, argv: readonly string[]): Promise<void> {
  const started = Date.now();
  const drills = named("drill", DRILLS, only);
  const directory = path.join(root, "tools", "control-plane");
  const importsDirectory = path.join(root, "imports");
  const lab = drillLab();
  const under = labUnderTest(lab);
  const { services } = hubRelease(arrange([...synthesize(lab, importsDirectory).tree].filter(([file]) => file.startsWith("dist/")).flatMap(([file, text]) => manifestsIn(file, text))), under.hub);
  const addresses = addressesOf(under, gitHosts(under), services);
  const binaries = await build(directory);
  if (inside !== true) {
    process.exitCode = await enterNetwork(binaries, addresses, [process.execPath, path.join(directory, "drills", "launch.cjs"), ...argv.slice(2), "--inside"]);
    return;
  }
  const scope = { watchdogScript: path.join(directory, "processes", "watchdog.cjs"), keep: keep === true };
  const verdicts: Verdict[] = [];
  const tell = (verdict: Verdict): void => {
    verdicts.push(verdict);
    for (const line of verdictLines(verdict)) console.log(line);
  };
  const perform = async (processes: Processes): Promise<void> => {
    const synthesized = mkdtempSync(path.join(processes.directory, "synthesized-"));
    ownersSynth({ directory: synthesized, importsDirectory }, lab);
    const docs = path.join(root, "docs");
    const request = { lab: under, world: resolve(lab).world, addresses, root: synthesized, selection: {}, elsewhere: definitionSources(root), stagesDirectory: path.join(directory, "stages"), bootstrapDocument: path.join(docs, "bootstrap.md"), webhooksToCome: [OPERATORS_WEBHOOK] };
    const scene = new Scene(await standUp(processes, binaries, request), importsDirectory, docs);
    await step("First sync", () => scene.restore());
    await runDrills(scene, drills, tell);
  };
  try {
    await withProcesses(scope, perform);
  } finally {
    // A run that is stopped says what it knows by then.
    const summary = summaryOf(drills, verdicts);
    for (const line of [`in ${((Date.now() - started) / 1000).toFixed(0)} s`, ...assertionLines(summary)]) console.log(line);
    if (summary.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  }
}
