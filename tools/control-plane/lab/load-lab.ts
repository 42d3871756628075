import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { buildSync } from "esbuild";
import type { Lab } from "../../../engine/model/lab";
import { UserError } from "../user-error";

/** Reads the lab that a folder's lab.ts describes. */
export function loadLab(root: string, labDirectory: string): Lab {
  const entry = path.resolve(root, labDirectory, "lab.ts");
  if (!existsSync(entry)) throw new UserError(`There is no ${entry}. Name a folder that holds a lab with --lab.`);
  const cache = path.join(root, "node_modules", ".cache", "hearth");
  mkdirSync(cache, { recursive: true });
  const bundle = path.join(cache, `control-plane-lab-${String(process.pid)}.cjs`);
  buildSync({ entryPoints: [entry], bundle: true, platform: "node", target: "node20", format: "cjs", outfile: bundle, logLevel: "warning" });
  const { lab }: { lab: Lab } = createRequire(bundle)(bundle);
  return lab;
}
