import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Account } from "../rbac/granted";
import { nameOf } from "./not-run";

/** What the runs of several clusters come to. */
export interface RunsOutcome {
  /** Of the first that failed; 0 where none did. */
  readonly code: number;
  /** The accounts that were tried; undefined where a run ended early. */
  readonly tried: readonly string[] | undefined;
}

/**
 * Runs clusters one after another, each in a process that leaves behind which accounts it tried. One that ends early leaves
 * nothing, and its last words are the cause: nothing is run or said after them, for what it did not come to says nothing by itself.
 * @param run starts a cluster's process, which calls {@link leaveTried} with the file at its end; returns its exit code
 */
export async function runInTurn(clusters: Iterable<string>, directory: string, run: (cluster: string, file: string) => Promise<number>): Promise<RunsOutcome> {
  const tried: string[] = [];
  let first = 0;
  for (const cluster of clusters) {
    const file = path.join(directory, `${cluster}.json`);
    const code = await run(cluster, file);
    first ||= code;
    if (!existsSync(file)) return { code: first || 1, tried: undefined };
    tried.push(...(JSON.parse(readFileSync(file, "utf8")) as readonly string[]));
  }
  return { code: first, tried };
}

/** A run has come to its end, however it went: it has tried these. */
export function leaveTried(file: string, accounts: readonly Account[]): void {
  writeFileSync(file, JSON.stringify(accounts.map(nameOf)));
}
