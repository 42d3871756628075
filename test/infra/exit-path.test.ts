import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { lab as hybrid } from "../../examples/hybrid/lab";
import { infraFiles } from "../../infra/files";
import { lab } from "../../lab/lab";

type Manifest = Readonly<Record<"dependencies" | "devDependencies" | "overrides", Readonly<Record<string, unknown>>>>;

/** cdktf is archived upstream; cdktn is its maintained fork. The way out is what docs/infra.md says, and nothing besides. */
const documented = JSON.parse(/```json\n([\s\S]*?)```/.exec(readFileSync("docs/infra.md", "utf8"))?.[1] ?? "{}") as Manifest;
const own = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const left: Manifest = {
  ...own,
  dependencies: { ...own.dependencies, ...documented.dependencies },
  devDependencies: { ...own.devDependencies, ...documented.devDependencies },
  overrides: { ...own.overrides, ...documented.overrides },
};

const npm = (directory: string, ...args: readonly string[]) =>
  execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...args], { cwd: directory, stdio: "pipe" });

const inFolder = (run: (directory: string) => void) => () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-exit-"));
  try {
    run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

test(
  "with the documented change of package.json, npm finds one cdktf for everybody: the fork",
  inFolder((directory) => {
    writeFileSync(join(directory, "package.json"), JSON.stringify(left));
    copyFileSync("package-lock.json", join(directory, "package-lock.json"));
    npm(directory, "--package-lock-only", "--ignore-scripts");
    const { packages } = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")) as {
      readonly packages: Readonly<Record<string, { readonly name?: string; readonly version: string }>>;
    };
    const found = Object.entries(packages).filter(([path]) => path.endsWith("node_modules/cdktf"));
    expect(found.map(([path, { name, version }]) => [path, name, version])).toEqual([["node_modules/cdktf", "cdktn", "0.24.0"]]);
    expect(packages["node_modules/constructs"]?.version).toBe("10.7.2");
  }),
  120_000,
);

test(
  "the maintained fork of cdktf writes the very same stacks",
  inFolder((directory) => {
    const dependencies = { cdktf: left.devDependencies["cdktf"], constructs: left.dependencies["constructs"] };
    writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies }));
    npm(directory);
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
  }),
  120_000,
);
