import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HEADER } from "../../engine/emit/header";
import type { Tree } from "../../engine/emit/tree";

/** Directories for one test file's outputs, removed after its tests. */
export function scratch(): () => string {
  const made: string[] = [];
  afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));
  return () => {
    const directory = mkdtempSync(join(realpathSync(tmpdir()), "hearth-emit-"));
    made.push(directory);
    return directory;
  };
}

/** A tree of generated files, from path to what follows the header. */
export const generated = (bodies: Readonly<Record<string, string>>): Tree =>
  new Map(Object.entries(bodies).map(([path, body]) => [path, `${HEADER}\n${body}\n`]));

/** Puts files down by hand, as an owner or a tool of theirs would. */
export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** All that stands below a root: files with their text, directories and links by their kind. */
export function standing(root: string, below = ""): Readonly<Record<string, string>> {
  return Object.assign(
    {},
    ...readdirSync(join(root, below)).sort().map((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      const stats = lstatSync(join(root, path));
      if (stats.isDirectory()) return { [path]: "(directory)", ...standing(root, path) };
      return { [path]: stats.isFile() ? readFileSync(join(root, path), "utf8") : "(link)" };
    }),
  );
}
