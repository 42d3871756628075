import path from "node:path";
import { Command } from "commander";
import { assertionLines } from "../control-plane/assertions/assertion";
import { build } from "../control-plane/build/build";
import { labUnderTest } from "../control-plane/lab/lab-under-test";
import { loadLab } from "../control-plane/lab/load-lab";
import { groups } from "../control-plane/manifests/groups";
import { readLabOutput } from "../control-plane/manifests/lab-output";
import { addressesOf } from "../control-plane/network/addresses";
import { enterNetwork } from "../control-plane/network/enter-network";
import { withProcesses } from "../control-plane/processes/with-processes";
import { UserError } from "../control-plane/user-error";
import { buildOperators } from "./build/build-operators";
import { OPERATOR_PROGRAMS } from "./build/operator-program";
import { programsOf, type Operator } from "./run/operator";
import { OPERATORS } from "./run/operators";
import { accountAssertions, accountLines, operatorLines } from "./run/report";
import { everyAccountIsTried, notRunLines } from "./run/not-run";
import { NODE_ADDRESS } from "./pods/kubelet-metrics";
import { clustersFor, placedOn, withNeeded, type CommittedCluster } from "./run/placed";
import { named, runCommand } from "../control-plane/run-command";
import { runOperators } from "./run/run-operators";

/** The options of `run`, as commander reads them. */
interface RunOptions {
  readonly cluster?: string;
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
    .argument("[names...]", "only these programs")
    .action(async (names: readonly string[]) => {
      await buildOperators(path.join(root, "tools", "operators"), OPERATOR_PROGRAMS.filter(({ name }) => names.length === 0 || names.includes(name)));
    });
  const run = program
    .command("run", { isDefault: true })
    .description("let them work on what is committed for one cluster")
    .option("--cluster <name>", "whose releases; without, as few clusters as it takes to run each operator once")
    .option("--operator <names...>", "only these operators")
    .option("--keep", "leave the temporary directory, with every log")
    .option("--lab <directory>", "the folder with lab.ts", "lab")
    .action((options: RunOptions) => runWhole(root, options));
  run.addOption(run.createOption("--inside").hideHelp());
  await runCommand(program, argv);
}

/** Which operators are run on which cluster. */
function runsOf(root: string, { cluster, operator }: RunOptions): ReadonlyMap<string, readonly Operator[]> {
  const clusters = committedClusters(root).filter(({ name }) => cluster === undefined || name === cluster);
  if (clusters.length === 0) throw new UserError(`dist/ holds no ${cluster ?? "cluster"}.`);
  const wanted = withNeeded(named("operator", OPERATORS, operator), OPERATORS);
  const runs = clustersFor(clusters, wanted);
  const absent = wanted.filter((each) => ![...runs.values()].flat().includes(each));
  // Who asks for one by name wants to see it run.
  if (operator !== undefined && absent.length > 0) throw new UserError(`${absent.map(({ name }) => name).join(", ")} is not placed on ${clusters.map(({ name }) => name).join(", ")}.`);
  return runs;
}

function committedClusters(root: string): readonly CommittedCluster[] {
  const byCluster = groups(readLabOutput(root).releases, (release) => release.cluster);
  return [...byCluster].map(([name, releases]) => ({ name, objects: releases.flatMap(({ manifests }) => manifests.map(({ object }) => object)) }));
}

async function runWhole(root: string, options: RunOptions): Promise<void> {
  const controlPlane = path.join(root, "tools", "control-plane");
  const lab = loadLab(root, options.lab);
  const { clusters, ...rest } = labUnderTest(lab);
  const runs = runsOf(root, options);
  const binaries = await build(controlPlane);
  const needed = programsOf([...runs.values()].flat());
  const programs = await buildOperators(path.join(root, "tools", "operators"), OPERATOR_PROGRAMS.filter(({ name }) => needed.has(name)));
  for (const [name, operators] of runs) {
    const under = clusters.find((cluster) => cluster.name === name)!;
    const lan = addressesOf({ ...rest, clusters: [under] }, operators.flatMap(({ hosts = [] }) => hosts), []);
    // Pods are processes here, and kubelets stand-ins: their addresses are this machine's.
    const addresses = { ...lan, local: [...lan.local, under.pods, `${NODE_ADDRESS}/32`] };
    if (options.inside !== true) {
      const again = [process.execPath, path.join(root, "tools", "operators", "launch.cjs"), "run", "--inside", "--lab", options.lab, ...(options.keep ? ["--keep"] : []), "--cluster", name, "--operator", ...operators.map((operator) => operator.name)];
      const code = await enterNetwork(binaries, addresses, again);
      if (code !== 0) process.exitCode = code;
      continue;
    }
    const request = { lab, under, endpoint: addresses.endpoints.get(name)!, root, stagesDirectory: path.join(controlPlane, "stages"), operators, programs };
    const scope = { watchdogScript: path.join(controlPlane, "processes", "watchdog.cjs"), keep: options.keep === true };
    const started = Date.now();
    const { assertions, uses, objects } = await withProcesses(scope, (processes) => runOperators(processes, binaries, request));
    // Who asks for some operators wants to hear of those.
    const isWhole = operators.length === placedOn({ name, objects }, OPERATORS).length;
    const all = [...assertions, ...accountAssertions(uses), ...(isWhole ? [everyAccountIsTried(objects, uses)] : [])];
    for (const line of [...operatorLines(operators), ...accountLines(uses), ...(isWhole ? notRunLines(objects, uses) : []), ...assertionLines(all), `${name}: in ${((Date.now() - started) / 1000).toFixed(0)} s`]) console.log(line);
    if (all.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  }
}
