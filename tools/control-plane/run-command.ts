import type { Command } from "commander";
import { UserError } from "./user-error";

/** Runs a command to its end, and ends the process: what its user did wrong is said in one message, and exits 1. */
export async function runCommand(program: Command, argv: readonly string[]): Promise<never> {
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

/** Those of some things that were asked for by name; without names, all. A name that none has is the user's mistake. */
export function named<Thing extends { readonly name: string }>(noun: string, all: readonly Thing[], names: readonly string[] | undefined): readonly Thing[] {
  const unknown = names?.find((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown !== undefined) throw new UserError(`There is no ${noun} ${unknown}; there are ${all.map(({ name }) => name).join(", ")}.`);
  return all.filter(({ name }) => names?.includes(name) ?? true);
}
