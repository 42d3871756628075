import path from "node:path";
import { Command } from "commander";
import { assertionLines } from "../control-plane/assertions/assertion";
import { build } from "../control-plane/build/build";
import { labUnderTest } from "../control-plane/lab/lab-under-test";
import { loadLab } from "../control-plane/lab/load-lab";
import { addressesOf } from "../control-plane/network/addresses";
import { enterNetwork } from "../control-plane/network/enter-network";
import { withProcesses } from "../control-plane/processes/with-processes";
import { UserError } from "../control-plane/user-error";
import { buildOperators } from "./build/build-operators";
import { OPERATOR_PROGRAMS } from "./build/operator-program";
import type { Operator } from "./run/operator";
import { OPERATORS } from "./run/operators";
import { accountAssertions, accountLines, operatorLines } from "./run/report";
import { runOperators } from "./run/run-operators";

/** The options of `run`, as commander reads them. */
interface RunOptions {
  readonly cluster: string;
  readonly operator?: readonly string[];
  readonly keep?: true;
  readonly lab: string;
  /** Set by the run itself when it starts over inside its own network. */
  readonly inside?: true;
}

/** The commands `build` and `run`; `root` is the repository that is tested. Ends the process. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const program = new Command("operators").description("The operators of apps/ as real processes, under the accounts and roles that are committed.");
  program
    .command("build")
    .description("build the operators' programs into the cache")
    .action(async () => {
      await buildOperators(path.join(root, "tools", "operators"));
    });
  const run = program
    .command("run", { isDefault: true })
    .description("let them work on what is committed for one cluster")
    .option("--cluster <name>", "whose releases", "forge")
    .option("--operator <names...>", "only these operators")
    .option("--keep", "leave the temporary directory, with every log")
    .option("--lab <directory>", "the folder with lab.ts", "lab")
    .action((options: RunOptions) => runWhole(root, options, argv));
  run.addOption(run.createOption("--inside").hideHelp());
  try {
    await program.parseAsync(argv);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    console.error(cause.message);
    process.exitCode = 1;
  }
  // Whoever still waits for something of an ended run must not hold it up.
  process.exit();
}

function selected(names: readonly string[] | undefined): readonly Operator[] {
  const unknown = names?.find((wanted) => !OPERATORS.some(({ name }) => name === wanted));
  if (unknown !== undefined) throw new UserError(`There is no operator ${unknown}; there are ${OPERATORS.map(({ name }) => name).join(", ")}.`);
  return OPERATORS.filter(({ name }) => names?.includes(name) ?? true);
}

async function runWhole(root: string, options: RunOptions, argv: readonly string[]): Promise<void> {
  const started = Date.now();
  const controlPlane = path.join(root, "tools", "control-plane");
  const lab = loadLab(root, options.lab);
  const { clusters, ...rest } = labUnderTest(lab);
  const under = clusters.find(({ name }) => name === options.cluster);
  if (under === undefined) throw new UserError(`The lab has no cluster ${options.cluster}; it has ${clusters.map(({ name }) => name).join(", ")}.`);
  const addresses = addressesOf({ ...rest, clusters: [under] }, [], []);
  const binaries = await build(controlPlane);
  const operators = selected(options.operator);
  const needed = OPERATOR_PROGRAMS.filter((each) => operators.some(({ name }) => name === each.name));
  const programs = await buildOperators(path.join(root, "tools", "operators"), needed);
  if (options.inside !== true) {
    process.exitCode = await enterNetwork(binaries, addresses, [process.execPath, path.join(root, "tools", "operators", "launch.cjs"), ...argv.slice(2), "--inside"]);
    return;
  }
  const request = { lab, under, endpoint: addresses.endpoints.get(under.name)!, root, stagesDirectory: path.join(controlPlane, "stages"), operators, programs };
  const scope = { watchdogScript: path.join(controlPlane, "processes", "watchdog.cjs"), keep: options.keep === true };
  const { assertions, uses } = await withProcesses(scope, (processes) => runOperators(processes, binaries, request));
  const all = [...assertions, ...accountAssertions(uses)];
  for (const line of [...operatorLines(operators), ...accountLines(uses), ...assertionLines(all), `in ${((Date.now() - started) / 1000).toFixed(0)} s`]) console.log(line);
  if (all.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}
