import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const hearth = (...args: readonly string[]) => spawnSync(process.execPath, ["engine/cli/launch.cjs", ...args], { encoding: "utf8" });

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-cli-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** examples/own-app in a folder of its own, with its lab changed. */
function labWith(change: (text: string) => string): string {
  const folder = join(home, "lab");
  cpSync("examples/own-app", folder, { recursive: true, filter: (file) => !/\/(dist|argocd|infra)(\/|$)/.test(file) });
  for (const file of ["lab.ts", "whoami.ts"]) {
    const text = readFileSync(join(folder, file), "utf8").replaceAll('"../../', `"${resolve(".")}/`);
    writeFileSync(join(folder, file), file === "lab.ts" ? change(text) : text);
  }
  return folder;
}

test("a wrong lab gives every finding at once, exits 1 and writes nothing", () => {
  const lab = labWith((text) =>
    text
      .replace("place(whoami)", 'place(whoami, { settings: { memroy: "1Gi" } as never }), place(whoami, { as: "second", settings: { memory: "32MB" } as never }), place(whoami, { as: "Third_" })')
      .replace('services: "10.43.0.0/16"', 'services: "10.42.128.0/17"')
      .replace('ingress: "192.168.1.50"', 'ingress: "192.168.7.50"'),
  );
  const { status, stderr } = hearth("synth", "--lab", lab, "--out", join(home, "out"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/attic\/whoami {2}\(setting-known\)\n {2}found {5}setting "memroy".*\n.*\n {2}fix {7}Write "memory"/);
  expect(stderr).toMatch(/attic\/second {2}\(setting-valid\)\n {2}found {5}setting "memory" = "32MB"\n/);
  expect(stderr).toContain("Third_");
  expect(stderr).toContain("10.42.128.0/17");
  expect(stderr).toContain("192.168.7.50");
  expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(stderr).toContain("Nothing was written.");
  expect(existsSync(join(home, "out"))).toBe(false);
});

test("a lab that does not parse says where", () => {
  const { status, stderr } = hearth("synth", "--lab", labWith((text) => text.replace("export const lab", "export constant lab")), "--out", join(home, "out"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/lab\.ts:\d+:\d+: /);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("a lab whose code throws says what and where, without a stack trace", () => {
  const { status, stderr } = hearth("synth", "--lab", labWith((text) => text.replace("const distribution", "(undefined as never as { cpu: number }).cpu;\nconst distribution")), "--out", join(home, "out"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/lab\.ts:\d+:\d+: Cannot read properties of undefined \(reading 'cpu'\)\n/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(join(home, "out"))).toBe(false);
});

test("a value that its type forbids is told without a stack trace, and nothing is written", () => {
  const { status, stderr } = hearth("synth", "--lab", labWith((text) => text.replace("hosts: [box]", "hosts: [undefined as never]")), "--out", join(home, "out"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^hearth stopped: .*\nnpm run typecheck /);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(join(home, "out"))).toBe(false);
});

test("--check tells what differs and writes nothing; the same output is quiet", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  const missing = hearth("synth", "--lab", lab, "--out", out, "--check");
  expect(missing.status).toBe(1);
  expect(missing.stderr).toContain("dist/attic/whoami/deployment.whoami.yaml");
  expect(existsSync(out)).toBe(false);
  expect(hearth("synth", "--lab", lab, "--out", out).status).toBe(0);
  expect(hearth("synth", "--lab", lab, "--out", out, "--check")).toMatchObject({ status: 0, stderr: "" });
});

test("a second run finds nothing to do, and a hand-made change is put right", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  const file = join(out, "dist/attic/whoami/deployment.whoami.yaml");
  hearth("synth", "--lab", lab, "--out", out);
  const written = readFileSync(file, "utf8");
  expect(hearth("synth", "--lab", lab, "--out", out).stdout).toContain("nothing had changed");
  writeFileSync(file, written.replace("replicas: 1", "replicas: 3"));
  expect(hearth("synth", "--lab", lab, "--out", out).stdout).toContain("1 changed");
  expect(readFileSync(file, "utf8")).toBe(written);
});

test("whatever comes or goes where synth writes is seen by the next run, in a directory that holds nothing of ours too", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  const again = () => hearth("synth", "--lab", lab, "--out", out).stdout;
  again();
  mkdirSync(join(out, "docs/generated/notes/old"), { recursive: true });
  expect(again()).not.toContain("nothing had changed");
  expect(again()).toContain("nothing had changed");
  writeFileSync(join(out, "docs/generated/notes/old/theirs.yaml"), "mine: true\n");
  expect(again()).not.toContain("nothing had changed");
  const file = join(out, "docs/generated/notes/old/ours.yaml");
  writeFileSync(file, readFileSync(join(out, "dist/attic/whoami/deployment.whoami.yaml")));
  expect(again()).toContain("1 pruned");
  expect(existsSync(file)).toBe(false);
  expect(again()).toContain("nothing had changed");
});

test("what an interrupted run left is put right before anything is recalled", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  const file = "dist/attic/whoami/deployment.whoami.yaml";
  hearth("synth", "--lab", lab, "--out", out);
  const written = readFileSync(join(out, file), "utf8");
  writeFileSync(join(out, "dist/attic/whoami/.hearth-0.tmp"), written.replace("replicas: 1", "replicas: 3"));
  writeFileSync(join(out, ".hearth-journal.prepared"), JSON.stringify({ adds: [], writes: [file], prunes: [], directories: [] }));
  expect(hearth("synth", "--lab", lab, "--out", out)).toMatchObject({ status: 0 });
  expect(readFileSync(join(out, file), "utf8")).toBe(written);
  expect(existsSync(join(out, ".hearth-journal.prepared"))).toBe(false);
});

test("a lab that is edited while it is synthesized is read again by the next run", () => {
  const lab = labWith((text) => `import { readFileSync, writeFileSync } from "node:fs";
const app = ${JSON.stringify(join(home, "lab/whoami.ts"))};
if (process.env["EDIT"]) writeFileSync(app, readFileSync(app, "utf8").replace("replicas: 1", "replicas: 2"));
${text}`);
  const source = join(lab, "whoami.ts");
  writeFileSync(source, `${readFileSync(source, "utf8")}
// replicas: 1
`);
  const out = join(home, "out");
  const again = (env = {}) => spawnSync(process.execPath, ["engine/cli/launch.cjs", "synth", "--lab", lab, "--out", out], { encoding: "utf8", env: { ...process.env, ...env } }).stdout;
  again({ EDIT: "1" });
  expect(readFileSync(source, "utf8")).toContain("replicas: 2");
  expect(again()).not.toContain("nothing had changed");
  expect(again()).toContain("nothing had changed");
});

test("what decides which file an import finds is part of a lab", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  const again = () => hearth("synth", "--lab", lab, "--out", out).stdout;
  renameSync(join(lab, "whoami.ts"), join(lab, "first.ts"));
  writeFileSync(join(lab, "second.ts"), readFileSync(join(lab, "first.ts"), "utf8").replaceAll("8080", "9090"));
  symlinkSync("first.ts", join(lab, "whoami.ts"));
  again();
  expect(again()).toContain("nothing had changed");
  rmSync(join(lab, "whoami.ts"));
  symlinkSync("second.ts", join(lab, "whoami.ts"));
  again();
  expect(readFileSync(join(out, "dist/attic/whoami/deployment.whoami.yaml"), "utf8")).toContain("9090");
});

test.each(["dist", "dist/attic", "dist/attic/whoami", "docs", "docs/generated"])("a file in the place of %s is told, not stumbled over", (folder) => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  hearth("synth", "--lab", lab, "--out", out);
  rmSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, folder), "");
  const { status, stderr } = hearth("synth", "--lab", lab, "--out", out);
  expect(status).toBe(1);
  expect(stderr).toContain("expected  a directory");
});

test("an output that is not ours is refused", () => {
  writeFileSync(join(home, "thesis.txt"), "mine");
  const { status, stderr } = hearth("synth", "--lab", labWith((text) => text), "--out", home);
  expect(status).toBe(1);
  expect(stderr).toContain("no file that synth wrote");
  expect(existsSync(join(home, "dist"))).toBe(false);
});

test("a release that is neither placed nor retired is not dropped", () => {
  const lab = labWith((text) => text);
  const out = join(home, "out");
  hearth("synth", "--lab", lab, "--out", out);
  writeFileSync(join(lab, "lab.ts"), readFileSync(join(lab, "lab.ts"), "utf8").replace("runs: [place(whoami)]", 'runs: [place(whoami, { as: "other" })]'));
  const { status, stderr } = hearth("synth", "--lab", lab, "--out", out);
  expect(status).toBe(1);
  expect(stderr).toMatch(/attic\/whoami {2}\(release-retired\)/);
  expect(existsSync(join(out, "dist/attic/whoami/deployment.whoami.yaml"))).toBe(true);
});

test("explain tells where a setting comes from", () => {
  const lab = labWith((text) => text.replace("place(whoami)", "place(whoami, { settings: { replicas: 2 } })"));
  expect(hearth("explain", "attic/whoami", "replicas", "--lab", lab).stdout).toBe("attic/whoami replicas = 2\n  from its placement on attic\n");
  expect(hearth("explain", "attic/whoami", "memory", "--lab", lab).stdout).toContain("from the default of whoami");
  expect(hearth("explain", "attic/whoam", "--lab", lab)).toMatchObject({ status: 1, stderr: expect.stringContaining("Did you mean attic/whoami?") });
});
