import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { header } from "./table";

/** How many files came out differently. */
export interface Written {
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

/** Folders of `imports/` that hold nothing but what the import writes. */
const ownFolders = ["closed", "crds", "schemas"];

/** Writes the generated files and removes those of earlier runs, leaving alone what was made by others. */
export function writeImports(directory: string, files: ReadonlyMap<string, string>): Written {
  const stale = ownFiles(directory).filter((file) => !files.has(file));
  stale.forEach((file) => rmSync(join(directory, file)));
  const changed = [...files].filter(([file, text]) => textOf(join(directory, file)) !== text);
  for (const [file, text] of changed) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return { changed: changed.length, unchanged: files.size - changed.length, removed: stale.length };
}

function ownFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/")).filter((file) => isOwn(directory, file));
}

function isOwn(directory: string, file: string): boolean {
  if (ownFolders.includes(file.split("/")[0]!)) return true;
  return file.endsWith(".ts") && !file.includes("/") && (textOf(join(directory, file)) ?? "").startsWith(header);
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
