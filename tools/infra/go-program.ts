import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../control-plane/build/cache-directory";
import { findGo } from "../control-plane/build/go-toolchain";

/** One of our own Go programs, a folder of `tools/infra` with a module of its own; built on the first use of these sources. */
export async function goProgram(root: string, name: string): Promise<string> {
  const directory = join(root, "tools", "infra", name);
  const go = findGo(directory, /^go (\S+)$/m.exec(readFileSync(join(directory, "go.mod"), "utf8"))?.[1] ?? "1.26.0");
  const hash = createHash("sha256").update(go.description);
  for (const file of readdirSync(directory).sort()) if (/\.go$|^go\.(mod|sum)$/.test(file)) hash.update(readFileSync(join(directory, file)));
  const program = join(cacheDirectory(), `infra-${name}-${hash.digest("hex").slice(0, 12)}`, name);
  if (existsSync(program)) return program;
  mkdirSync(dirname(program), { recursive: true });
  const partial = `${program}.${String(process.pid)}`;
  await go.run(["build", "-o", partial, "."]);
  renameSync(partial, program);
  return program;
}
