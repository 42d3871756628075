import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mirrorEnvironment } from "../../tools/infra/mirror-environment";

/** What one run of terraform came to. */
export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** Runs terraform in a folder with providers from a mirror, and never for long: a provider that retries would not end. */
export type Terraform = (...args: readonly string[]) => Promise<Ran>;

/**
 * A stack's folder as an owner would have it, but with its state beside it: the bucket that guards it is not ours to ask.
 * `override` replaces what else must not be real, such as an endpoint.
 */
export function terraformIn(
  directory: string,
  stack: string,
  mirror: string,
  override: object = {},
  environment: NodeJS.ProcessEnv = {},
): Terraform {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), stack);
  writeFileSync(join(directory, "local_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } }, ...override }));
  const env = { ...mirrorEnvironment(mirror), ...environment };
  return (...args) =>
    new Promise((resolve) => {
      execFile(
        "terraform",
        [...args, "-no-color"],
        { cwd: directory, env, timeout: 120_000, maxBuffer: 2 ** 26 },
        (failure, stdout, stderr) => {
          const status = failure === null ? 0 : typeof failure.code === "number" ? failure.code : null;
          resolve({ status, output: `${stdout}${stderr}` });
        },
      );
    });
}
