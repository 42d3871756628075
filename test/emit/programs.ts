import { buildSync } from "esbuild";
import { join } from "node:path";

/** Bundles a program of this folder into plain JavaScript for `node` to run as a process of its own; returns its file. */
export function program(name: string, directory: string): string {
  const outfile = join(directory, `${name}.cjs`);
  buildSync({ entryPoints: [join(__dirname, `${name}.ts`)], outfile, bundle: true, platform: "node", logLevel: "error" });
  return outfile;
}
