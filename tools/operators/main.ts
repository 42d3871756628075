import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { assertionLines } from "../control-plane/assertions/assertion";
import { build } from "../control-plane/build/build";
import type { ClusterUnderTest, LabUnderTest } from "../control-plane/cluster/cluster-under-test";
import type { KubernetesObject } from "../control-plane/kubernetes/object";
import { labUnderTest } from "../control-plane/lab/lab-under-test";
import { loadLab } from "../control-plane/lab/load-lab";
import { groups } from "../control-plane/manifests/groups";
import { readLabOutput } from "../control-plane/manifests/lab-output";
import { addressesOf, type Addresses } from "../control-plane/network/addresses";
import { enterNetwork } from "../control-plane/network/enter-network";
import { withProcesses } from "../control-plane/processes/with-processes";
import { UserError } from "../control-plane/user-error";
import { buildOperators } from "./build/build-operators";
import { OPERATOR_PROGRAMS, type OperatorProgram } from "./build/operator-program";
import { programsOf, type Operator } from "./run/operator";
import { OPERATORS } from "./run/operators";
import { accountAssertions, accountLines, operatorLines } from "./run/report";
import { everyAccountIsTried, notRunLines } from "./run/not-run";
import { NODE_ADDRESS } from "./pods/kubelet-metrics";
import { clustersFor, withNeeded, type CommittedCluster } from "./run/placed";
import { named, runCommand } from "../control-plane/run-command";
import { leaveTried, runInTurn } from "./run/run-in-turn";
import { runOperators } from "./run/run-operators";

/** The options of `run`, as commander reads them. */
interface RunOptions {
  readonly cluster?: string;
  readonly operator?: readonly string[];
  readonly keep?: true;
  readonly lab: string;
  /** Set by the run itself when it starts over inside its own network: where it leaves which accounts it has tried. */
  readonly inside?: string;
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
    .action((options: RunOptions) => (options.inside === undefined ? runAll(root, options) : runInside(root, options, options.inside)));
  run.addOption(run.createOption("--inside <file>").hideHelp());
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

/** Runs each cluster's operators inside a network of its own, and says at the end who was not tried on any: where all came to their ends. */
async function runAll(root: string, options: RunOptions): Promise<void> {
  const { clusters, ...rest } = labUnderTest(loadLab(root, options.lab));
  const runs = runsOf(root, options);
  const binaries = await build(path.join(root, "tools", "control-plane"));
  await buildOperators(path.join(root, "tools", "operators"), programsFor([...runs.values()].flat()));
  const directory = mkdtempSync(path.join(tmpdir(), "hearth-operators-"));
  try {
    const { code, tried } = await runInTurn(runs.keys(), directory, (name, file) => {
      const operators = runs.get(name)!;
      const under = clusters.find((cluster) => cluster.name === name)!;
      const again = [process.execPath, path.join(root, "tools", "operators", "launch.cjs"), "run", "--inside", file, "--lab", options.lab, ...(options.keep ? ["--keep"] : []), "--cluster", name, "--operator", ...operators.map((operator) => operator.name)];
      return enterNetwork(binaries, addressesFor({ ...rest, clusters: [under] }, under, operators), again);
    });
    if (code !== 0) process.exitCode = code;
    // Who asks for some wants to hear of those.
    if (tried !== undefined && options.cluster === undefined && options.operator === undefined) tellAccounts(committedClusters(root).flatMap(({ objects }) => objects), tried);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function tellAccounts(objects: readonly KubernetesObject[], tried: readonly string[]): void {
  const assertion = everyAccountIsTried(objects, tried);
  for (const line of [...notRunLines(objects, tried), ...assertionLines([assertion])]) console.log(line);
  if (assertion.problems.length > 0) process.exitCode = 1;
}

async function runInside(root: string, options: RunOptions, file: string): Promise<void> {
  const controlPlane = path.join(root, "tools", "control-plane");
  const lab = loadLab(root, options.lab);
  const { clusters, ...rest } = labUnderTest(lab);
  const binaries = await build(controlPlane);
  for (const [name, operators] of runsOf(root, options)) {
    const programs = await buildOperators(path.join(root, "tools", "operators"), programsFor(operators));
    const under = clusters.find((cluster) => cluster.name === name)!;
    const endpoint = addressesFor({ ...rest, clusters: [under] }, under, operators).endpoints.get(name)!;
    const request = { lab, under, endpoint, root, stagesDirectory: path.join(controlPlane, "stages"), operators, programs };
    const scope = { watchdogScript: path.join(controlPlane, "processes", "watchdog.cjs"), keep: options.keep === true };
    const started = Date.now();
    const { assertions, uses } = await withProcesses(scope, (processes) => runOperators(processes, binaries, request));
    const all = [...assertions, ...accountAssertions(uses)];
    for (const line of [...operatorLines(operators), ...accountLines(uses), ...assertionLines(all), `${name}: in ${((Date.now() - started) / 1000).toFixed(0)} s`]) console.log(line);
    leaveTried(file, uses.map(({ account }) => account));
    if (all.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  }
}

function programsFor(operators: readonly Operator[]): readonly OperatorProgram[] {
  const needed = programsOf(operators);
  return OPERATOR_PROGRAMS.filter(({ name }) => needed.has(name));
}

/** Pods are processes here, and kubelets stand-ins: their addresses are this machine's. */
function addressesFor(lab: LabUnderTest, { pods }: ClusterUnderTest, operators: readonly Operator[]): Addresses {
  const lan = addressesOf(lab, operators.flatMap(({ hosts = [] }) => hosts), []);
  return { ...lan, local: [...lan.local, pods, `${NODE_ADDRESS}/32`] };
}
