import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { bindingsFrom } from "./bindings";
import { providerMirror, proxmoxVersion } from "./provider-mirror";
import { subsetOf, terraformSchema } from "./schema";

/** Writes `imports/proxmox`, whole; the same schema gives the same bytes. With `--schema` it takes the schema anew first. */
export async function main(root: string, args: readonly string[]): Promise<void> {
  const directory = join(root, "imports", "proxmox");
  const schemaFile = join(directory, "schema.json");
  mkdirSync(directory, { recursive: true });
  if (args.includes("--schema")) {
    setPriority(10);
    console.log("Building the provider and asking it for its schema");
    writeFileSync(schemaFile, subsetOf(terraformSchema(await providerMirror(root))));
  }
  const files = bindingsFrom(readFileSync(schemaFile, "utf8"), proxmoxVersion(root), root);
  for (const file of readdirSync(directory)) if (file.endsWith(".ts") && !files.has(file)) rmSync(join(directory, file));
  for (const [file, text] of files) writeFileSync(join(directory, file), text);
  console.log(`imports/proxmox: ${files.size} modules`);
}
