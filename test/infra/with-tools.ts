import { spawnSync } from "node:child_process";

const versionCommands = { terraform: ["version"], go: ["version"], python3: ["-m", "venv", "--help"] } as const;

/** A program that only some tests need. */
export type Tool = keyof typeof versionCommands;

const isThere = (tool: Tool): boolean => spawnSync(tool, versionCommands[tool], { stdio: "ignore" }).status === 0;

/**
 * `describe` for tests that need programs besides Node. Where one is missing they are skipped, and it is said out loud: a
 * green run must not look like a proof that was never made.
 */
export function withTools(...tools: readonly Tool[]): jest.Describe {
  const missing = tools.filter((tool) => !isThere(tool));
  if (missing.length === 0) return describe;
  process.stderr.write(`SKIPPED, for want of ${missing.join(" and ")}: ${expect.getState().testPath ?? "a test"}\n`);
  return describe.skip as jest.Describe;
}
