import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The environment in which terraform takes providers from a folder, and asks nobody on the network. */
export function mirrorEnvironment(mirror: string): NodeJS.ProcessEnv {
  const file = join(mirror, "terraform.rc");
  writeFileSync(file, `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`);
  return { ...process.env, TF_CLI_CONFIG_FILE: file, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
}
