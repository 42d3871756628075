import path from "node:path";
import { Command } from "commander";
import { build } from "./build/build";
import { definitionSources } from "./definitions/definition-sources";
import { dryRun } from "./dry-run/dry-run";
import { reportLines } from "./dry-run/report";
import { readLabOutput } from "./manifests/lab-output";
import { withProcesses } from "./processes/with-processes";
import { UserError } from "./user-error";

/** The options of `run`, as commander reads them. */
interface RunOptions {
  readonly dryRun?: true;
  readonly cluster?: string;
  readonly app?: string;
  readonly keep?: true;
  readonly root: string;
}

/** The commands `build` and `run`; `root` is the repository that is tested. Ends the process. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const moduleDirectory = path.join(root, "tools", "control-plane");
  const program = new Command("e2e").description("A real control plane on loopback: what is committed is what runs.");
  program
    .command("build")
    .description("build the control plane's programs into the cache")
    .action(async () => {
      const started = Date.now();
      const binaries = await build(moduleDirectory);
      console.log(`The control plane is built: ${binaries.directory} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    });
  program
    .command("run")
    .description("apply what is committed to a real control plane")
    .option("--dry-run", "one API server, every object applied strictly and not kept")
    .option("--cluster <name>", "only this cluster's releases")
    .option("--app <name>", "only this app's releases")
    .option("--keep", "leave the temporary directory, with every log")
    .option("--root <directory>", "the repository whose dist/ and argocd/ are tested", root)
    .action((options: RunOptions) => run(moduleDirectory, options));
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

async function run(moduleDirectory: string, options: RunOptions): Promise<void> {
  const root = path.resolve(options.root);
  const output = readLabOutput(root);
  if (output.releases.length === 0) throw new UserError(`${root}/dist holds no release. Run: npm run synth`);
  if (options.dryRun !== true) throw new UserError("Only --dry-run can be run so far.");
  const binaries = await build(moduleDirectory);
  const scope = { watchdogScript: path.join(moduleDirectory, "processes", "watchdog.cjs"), keep: options.keep === true };
  const selection = { cluster: options.cluster, app: options.app };
  const summary = await withProcesses(scope, (processes) => dryRun(processes, binaries, { output, selection, elsewhere: definitionSources(root) }));
  for (const line of reportLines(summary)) console.log(line);
  if (summary.verdicts.some(({ refusal }) => refusal !== undefined)) process.exitCode = 1;
}
