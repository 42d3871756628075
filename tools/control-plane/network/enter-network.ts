import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Binaries } from "../build/binaries";
import { UserError } from "../user-error";
import type { Addresses } from "./addresses";

/**
 * Runs a command in a network of its own, where the lab's addresses and names are this machine's; returns its exit code.
 * Nothing that listens there can be reached from outside, whatever address it binds.
 */
export async function enterNetwork(binaries: Binaries, addresses: Addresses, command: readonly string[]): Promise<number> {
  if (process.platform !== "linux") throw new UserError("The whole run needs Linux, for a network namespace of its own. --dry-run works here too.");
  const directory = mkdtempSync(path.join(tmpdir(), "hearth-e2e-network-"));
  const hosts = path.join(directory, "hosts");
  writeFileSync(hosts, addresses.hostsFile);
  const args = ["network", `-hosts=${hosts}`, ...addresses.local.map((prefix) => `-local=${prefix}`), "--", ...command];
  try {
    return await exitCode(binaries.testbed, args);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function exitCode(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit" });
    // A terminal sends Ctrl-C to the command as well; the rest is passed on. Either way its end is awaited.
    const forwarded: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP"];
    for (const signal of forwarded) process.on(signal, () => child.kill(signal));
    process.on("SIGINT", () => undefined);
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
