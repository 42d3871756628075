import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { labChecks, manifestChecks, releaseChecks } from "../../engine/checks";

const root = join(__dirname, "../../engine/checks");
const camel = (file: string) => file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A file that exports a function of its own name is a check; the others are what checks are made of. */
function checksIn(folder: string): readonly { readonly file: string; readonly check: unknown }[] {
  const files = readdirSync(join(root, folder)).map((name) => name.replace(/\.ts$/, ""));
  return files
    .map((file) => ({ file, check: (jest.requireActual(join(root, folder, file)) as Record<string, unknown>)[camel(file)] }))
    .filter(({ check }) => check !== undefined);
}

const lists: Readonly<Record<string, readonly unknown[]>> = { lab: labChecks, releases: releaseChecks, manifests: manifestChecks };

test.each(Object.keys(lists))("every check in %s runs, and has a test of its own", (folder) => {
  const checks = checksIn(folder);
  expect(new Set(checks.map(({ check }) => check))).toEqual(new Set(lists[folder]));
  expect(checks.filter(({ file }) => !existsSync(join(__dirname, `${file}.test.ts`))).map(({ file }) => file)).toEqual([]);
});
