import path from "node:path";
import { Command } from "commander";
import { build } from "./build/build";
import { UserError } from "./user-error";

/** The commands `build` and `run`; `root` is the repository that is tested. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const moduleDirectory = path.join(root, "tools", "control-plane");
  const program = new Command("e2e").description("A real control plane on loopback: what is committed is what runs.");
  program
    .command("build")
    .description("build the control plane's programs into the cache")
    .action(async () => {
      const started = Date.now();
      const cache = await build(moduleDirectory);
      console.log(`The control plane is built: ${cache} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    });
  try {
    await program.parseAsync(argv);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    console.error(cause.message);
    process.exitCode = 1;
  }
}
