import { Command, CommanderError } from "commander";
import type { Lab } from "../model/lab";
import type { Context } from "./context";
import type { PlanOptions } from "./plan";
import { synth } from "./synth";

/**
 * The program: one command a verb, each for one lab. Sets the exit code and never throws at the owner. What `synth` does not need
 * is loaded only where it is asked for.
 */
export async function run(lab: Lab, context: Context): Promise<void> {
  const program = new Command("hearth").description("A homelab as typed code: plain YAML in git, synced by Argo CD.").exitOverride();
  program
    .command("synth")
    .description("write dist/ and argocd/ from the lab")
    .option("--check", "write nothing; exit 1 where what is committed differs")
    .option("--lab <dir>", "the folder with lab.ts", "lab")
    .option("--out <dir>", "where to write", ".")
    .option("--json", "print the outcome as JSON")
    .action((options: { check?: boolean; out: string; json?: boolean }) => synth(lab, context, options));
  program
    .command("plan")
    .description("tell what a change will do to what runs, before it is committed or merged")
    .option("--base <ref>", "what to compare with (default: where this branch left the branch that Argo CD follows)")
    .option("--lab <dir>", "the folder with lab.ts", "lab")
    .option("--diff", "show every line that differs")
    .option("--fit", "show which pod goes where, node by node, and compare nothing")
    .option("--markdown", "print it as Markdown, for a merge request")
    .option("--json", "print it as JSON")
    .action(async (options: PlanOptions) => (await import("./plan.js")).plan(lab, context, options));
  program
    .command("explain")
    .description("tell what a release is, or where one of its settings comes from")
    .argument("<address>", "a release, such as forge/ollama")
    .argument("[setting]", "one of its settings")
    .option("--lab <dir>", "the folder with lab.ts", "lab")
    .action(async (address: string, setting: string | undefined) => (await import("./explain.js")).explain(lab, address, setting));
  try {
    await program.parseAsync([...context.argv], { from: "user" });
  } catch (failure) {
    if (!(failure instanceof CommanderError)) throw failure;
    process.exitCode = failure.exitCode;
  }
}
