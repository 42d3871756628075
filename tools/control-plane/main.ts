import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { resolve } from "../../engine/model/resolve";
import { assertionLines } from "./assertions/assertion";
import { build } from "./build/build";
import { definitionSources } from "./definitions/definition-sources";
import { dryRun } from "./dry-run/dry-run";
import { reportLines } from "./dry-run/report";
import { gitHosts } from "./git/git-hosts";
import { labUnderTest } from "./lab/lab-under-test";
import { loadLab } from "./lab/load-lab";
import { readLabOutput } from "./manifests/lab-output";
import { addressesOf } from "./network/addresses";
import { enterNetwork } from "./network/enter-network";
import { fitCases } from "./fit/cases";
import { runFitCases } from "./fit/run-fit-cases";
import { cases } from "./plan/cases";
import { syncCases } from "./plan/cases/argocd";
import { outcomeLines } from "./plan/compared";
import { standOn } from "./plan/ground";
import { runCases } from "./plan/run-cases";
import { runSyncCases } from "./plan/run-sync-cases";
import { withProcesses, type ProcessScope } from "./processes/with-processes";
import { examine } from "./run/end-to-end";
import { hubRelease } from "./run/hub-release";
import { standInLines } from "./run/stand-in-report";
import { standUp } from "./run/stand-up";
import { step } from "./run/step";
import { runCommand } from "./run-command";
import { UserError } from "./user-error";

/** The options of `run`, as commander reads them. */
interface RunOptions {
  readonly dryRun?: true;
  readonly cluster?: string;
  readonly app?: string;
  readonly keep?: true;
  readonly root: string;
  readonly lab: string;
  /** Set by the run itself when it starts over inside its own network. */
  readonly inside?: true;
}

/** Where this tool's own files lie. */
interface Tool {
  readonly directory: string;
  readonly launcher: string;
}

/** The commands `build` and `run`; `root` is the repository that is tested. Ends the process. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const directory = path.join(root, "tools", "control-plane");
  const tool: Tool = { directory, launcher: path.join(directory, "launch.cjs") };
  const program = new Command("e2e").description("A real control plane on loopback: what is committed is what runs.");
  program
    .command("build")
    .description("build the control plane's programs into the cache")
    .action(async () => {
      const started = Date.now();
      const binaries = await build(directory);
      console.log(`The control plane is built: ${binaries.directory} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    });
  const plan = program
    .command("plan")
    .description("put single changes to a real API server and a real Argo CD, and compare what happens with what the plan said")
    .option("--argocd", "let a real Argo CD sync 21 changes more")
    .option("--only <words>", "only changes whose title has these words")
    .option("--keep", "leave the temporary directory, with every log")
    .action((options: PlanOptions) => runPlan(root, tool, options, argv));
  plan.addOption(plan.createOption("--inside").hideHelp());
  const run = program
    .command("run")
    .description("let a real Argo CD sync what is committed to real API servers")
    .option("--dry-run", "one API server, every object applied strictly and not kept")
    .option("--cluster <name>", "only this cluster's releases")
    .option("--app <name>", "only this app's releases")
    .option("--keep", "leave the temporary directory, with every log")
    .option("--lab <directory>", "the folder with lab.ts", "lab")
    .option("--root <directory>", "the repository whose dist/ and argocd/ are tested", root)
    .action((options: RunOptions) => (options.dryRun === true ? runDry(tool, options) : runWhole(tool, options, argv)));
  run.addOption(run.createOption("--inside").hideHelp());
  await runCommand(program, argv);
}

async function runDry(tool: Tool, options: RunOptions): Promise<void> {
  const root = path.resolve(options.root);
  const output = readLabOutput(root);
  if (output.releases.length === 0) throw new UserError(`${root}/dist holds no release. Run: npm run synth`);
  const binaries = await build(tool.directory);
  const selection = { cluster: options.cluster, app: options.app };
  const summary = await withProcesses(scopeOf(tool, options), (processes) => dryRun(processes, binaries, { output, selection, elsewhere: definitionSources(root) }));
  for (const line of reportLines(summary)) console.log(line);
  if (summary.verdicts.some(({ refusal }) => refusal !== undefined)) process.exitCode = 1;
}

/** The options of `plan`, as commander reads them. */
interface PlanOptions {
  readonly argocd?: true;
  readonly only?: string;
  readonly keep?: true;
  /** Set by the run itself when it starts over inside its own network. */
  readonly inside?: true;
}

async function runPlan(root: string, tool: Tool, options: PlanOptions, argv: readonly string[]): Promise<void> {
  const isAsked = ({ title }: { readonly title: string }): boolean => title.includes(options.only ?? "");
  const [asked, synced] = [cases.filter(isAsked), options.argocd === true ? syncCases.filter(isAsked) : []];
  const packed = fitCases.filter(isAsked);
  if (asked.length + synced.length + packed.length === 0) throw new UserError(`No change's title has "${options.only ?? ""}"; there are: ${[...cases, ...syncCases, ...fitCases].map(({ title }) => title).join(", ")}.`);
  const binaries = await build(tool.directory);
  if (options.inside !== true) {
    process.exitCode = await enterNetwork(binaries, { endpoints: new Map(), hostsFile: "127.0.0.1 localhost\n", local: [] }, [process.execPath, tool.launcher, ...argv.slice(2), "--inside"]);
    return;
  }
  const started = Date.now();
  const { outcomes, unfit } = await withProcesses(scopeOf(tool, options), async (processes) => {
    const ground = await step("Stand up a cluster", () => standOn(processes, binaries, path.join(tool.directory, "stages")));
    const direct = asked.length === 0 ? [] : await step(`Put ${String(asked.length)} single changes to it`, () => runCases(ground.api, asked));
    const bySync = synced.length === 0 ? [] : await step(`Let Argo CD sync ${String(synced.length)} more`, () => runSyncCases({ ...ground, lab: loadLab(root, "lab") }, synced));
    const unfit = packed.length === 0 ? [] : await step(`Let the scheduler place the pods of ${String(packed.length)} cases of fit`, () => runFitCases(ground.api, packed));
    return { outcomes: [...direct, ...bySync], unfit };
  });
  for (const problem of unfit) console.log(`FAIL ${problem}`);
  if (packed.length > 0) console.log(`${String(packed.length)} cases of fit: ${unfit.length === 0 ? "the scheduler agrees with the proof" : `${String(unfit.length)} failed`}`);
  for (const line of outcomeLines(outcomes, (Date.now() - started) / 1000)) console.log(line);
  if (unfit.length > 0 || outcomes.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

async function runWhole(tool: Tool, options: RunOptions, argv: readonly string[]): Promise<void> {
  const root = path.resolve(options.root);
  const described = loadLab(root, options.lab);
  const lab = labUnderTest(described);
  const addresses = addressesOf(lab, gitHosts(lab), hubRelease(readLabOutput(root), lab.hub).services);
  const binaries = await build(tool.directory);
  if (options.inside !== true) {
    process.exitCode = await enterNetwork(binaries, addresses, [process.execPath, tool.launcher, ...argv.slice(2), "--inside"]);
    return;
  }
  const selection = { cluster: options.cluster, app: options.app };
  const request = { lab, world: resolve(described).world, addresses, root, selection, elsewhere: definitionSources(root), stagesDirectory: path.join(tool.directory, "stages"), bootstrapDocument: bootstrapDocument(root, tool) };
  const { assertions, notes } = await withProcesses(scopeOf(tool, options), async (processes) => {
    const running = await standUp(processes, binaries, request);
    return { assertions: await examine(running), notes: standInLines(running) };
  });
  for (const line of [...notes, ...assertionLines(assertions)]) console.log(line);
  if (assertions.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

/** The tested repository's own, or where it has none, the one that this tool came with. */
function bootstrapDocument(root: string, tool: Tool): string {
  const own = path.join(root, "docs", "bootstrap.md");
  return existsSync(own) ? own : path.join(tool.directory, "..", "..", "docs", "bootstrap.md");
}

function scopeOf(tool: Tool, options: Pick<RunOptions, "keep">): ProcessScope {
  return { watchdogScript: path.join(tool.directory, "processes", "watchdog.cjs"), keep: options.keep === true };
}
