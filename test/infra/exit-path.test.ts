import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { lab as hybrid } from "../../examples/hybrid/lab";
import { infraFiles } from "../../infra/files";
import { lab } from "../../lab/lab";

/**
 * cdktf is archived upstream; cdktn is its maintained fork. Leaving for it is the two lines of this package.json, and not a
 * line of ours: the same stacks come out, byte for byte.
 */
const exit = { private: true, dependencies: { cdktf: "npm:cdktn@0.24.0", constructs: "10.7.2" } };

test("the maintained fork of cdktf writes the very same stacks", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-exit-"));
  try {
    writeFileSync(join(directory, "package.json"), JSON.stringify(exit));
    execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: directory, stdio: "pipe" });
    const program = join(directory, "infra.cjs");
    const at = (name: string) => join(directory, "node_modules", name);
    buildSync({
      stdin: {
        contents: `import { infraFiles } from "./infra/files"; import { lab } from "./lab/lab"; import { lab as hybrid } from "./examples/hybrid/lab";
          import { version } from "cdktf/package.json";
          process.stdout.write(JSON.stringify({ version, files: [lab, hybrid].map((it) => [...infraFiles(it)]) }));`,
        resolveDir: process.cwd(),
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: program,
      logLevel: "error",
      alias: { cdktf: at("cdktf"), constructs: at("constructs") },
    });
    const forked = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8", maxBuffer: 2 ** 28 }));
    expect(forked.version).toBe("0.24.0");
    expect(forked.files).toEqual([lab, hybrid].map((it) => [...infraFiles(it)]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 120_000);
