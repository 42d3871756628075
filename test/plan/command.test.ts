import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-plan-"));
  repository();
});
beforeEach(() => void git("checkout", "-q", "-f", "-B", "change", "main"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) => spawnSync(program, args, { cwd: home, encoding: "utf8" });
const hearth = (...args: readonly string[]) => run(process.execPath, resolve("engine/cli/launch.cjs"), ...args);
const git = (...args: readonly string[]) => run("git", "-c", "user.name=Ada", "-c", "user.email=ada@lab.example", ...args);

/** A repository with the lab of examples/own-app on its main branch, written and committed. */
function repository(): void {
  mkdirSync(join(home, "node_modules"));
  labIn("lab");
  symlinkSync(resolve("node_modules/esbuild"), join(home, "node_modules/esbuild"));
  expect(hearth("synth")).toMatchObject({ status: 0 });
  git("init", "-q", "-b", "main");
  commit("The lab");
}

function labIn(folder: string): void {
  cpSync("examples/own-app", join(home, folder), { recursive: true, filter: (file) => !/\/(dist|argocd|infra)(\/|$)/.test(file) });
  for (const file of ["lab.ts", "whoami.ts"]) edit(`${folder}/${file}`, (text) => text.replaceAll('"../../', `"${resolve(".")}/`));
}

/** A second lab, with one cluster of another name, on the main branch; what is written for it is kept in git, or ignored. */
function secondLab(keeps: boolean): void {
  git("checkout", "-q", "main");
  labIn("labs/cabin");
  edit("labs/cabin/lab.ts", (text) => text.replaceAll('"attic"', '"cellar"'));
  expect(hearth("synth", "--lab", "labs/cabin")).toMatchObject({ status: 0 });
  if (!keeps) writeFileSync(join(home, ".gitignore"), "labs/*/dist/\nlabs/*/argocd/\nlabs/*/infra/\nlabs/*/docs/\n");
  git("add", "-A", "--", "labs", ...(keeps ? [] : [".gitignore"]));
  expect(git("commit", "-q", "-m", "A second lab").status).toBe(0);
  git("checkout", "-q", "-B", "change");
}

const edit = (file: string, change: (text: string) => string): void => writeFileSync(join(home, file), change(readFileSync(join(home, file), "utf8")));
const commit = (...message: readonly string[]): void => {
  git("add", "-A", "--", ...["lab", "dist", "argocd", "infra"].filter((path) => existsSync(join(home, path)) || git("ls-files", path).stdout !== ""));
  expect(git("commit", "-q", "--allow-empty", "-m", message.join("\n")).status).toBe(0);
};

test("a branch that changes nothing says so, and one that changes the lab says what will happen before it is written", () => {
  expect(hearth("plan")).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing changes.") });
  edit("lab/whoami.ts", (text) => text.replace('memory: "32Mi"', 'memory: "48Mi"'));
  const { status, stdout } = hearth("plan");
  expect(status).toBe(0);
  expect(stdout).toContain("generated files are not written yet");
  expect(stdout).toMatch(/restart +1 \(attic\/whoami\)/);
  expect(stdout).toContain("spec.template.spec.containers[whoami].resources");
});

test("data at risk fails until a commit names it, and a name for nothing fails as well", () => {
  // The base has a claim more, which nothing guards.
  const claim = join(home, "dist/attic/whoami/persistentvolumeclaim.data.yaml");
  git("checkout", "-q", "main");
  writeFileSync(claim, "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n");
  commit("A claim");
  git("checkout", "-q", "-B", "change");
  rmSync(claim);
  commit("No claim");
  expect(hearth("plan")).toMatchObject({ status: 1, stdout: expect.stringContaining("Data-at-risk: attic/whoami PersistentVolumeClaim whoami/data") });
  commit("The claim was empty", "", "Data-at-risk: attic/whoami PersistentVolumeClaim whoami/data");
  expect(hearth("plan")).toMatchObject({ status: 0, stdout: expect.stringContaining("acknowledged by a commit") });
  commit("Another", "", "Data-at-risk: attic/whoami Namespace whoami");
  expect(hearth("plan")).toMatchObject({ status: 1, stdout: expect.stringContaining("ACKNOWLEDGED FOR NOTHING") });
});

describe.each([["keeps", true], ["ignores", false]])("another lab, whose files git %s", (_, keeps) => {
  let start = "";
  beforeEach(() => {
    start = git("rev-parse", "main").stdout.trim();
    secondLab(keeps);
  });
  afterEach(() => {
    git("checkout", "-q", "-f", "main");
    git("reset", "-q", "--hard", start);
    for (const folder of ["labs", ".gitignore"]) rmSync(join(home, folder), { recursive: true, force: true });
  });
  const planned = (...args: readonly string[]) => hearth("plan", "--lab", "labs/cabin", ...args);

  test("is compared with its own of the base, and not with the default lab's", () => {
    expect(planned()).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing changes.") });
    edit("labs/cabin/whoami.ts", (text) => text.replace('memory: "32Mi"', 'memory: "48Mi"'));
    const { status, stdout } = planned("--json");
    expect(status).toBe(0);
    const { units, summary, notes } = JSON.parse(stdout) as { units: readonly object[]; summary: object; notes: readonly string[] };
    expect(units).toMatchObject([{ address: "cellar/whoami", how: "changed", effect: "restart" }]);
    expect(summary).toMatchObject({ clusters: ["cellar"], releases: { added: [], changed: ["cellar/whoami"], removed: [], moved: [] } });
    expect(notes).toEqual([expect.stringContaining(keeps ? "Run: npm run synth -- --lab labs/cabin" : "those of the base were made anew")]);
    const markdown = planned("--markdown").stdout;
    expect(markdown).toContain("### own-app: restart");
    expect(markdown).toContain("<b>restart</b>: cellar/whoami</summary>");
    expect(markdown).not.toContain("(added)");
  });

  test("is all new where the base has no such lab", () => {
    expect(planned("--base", start)).toMatchObject({ status: 0, stdout: expect.stringMatching(/added +2 \(cellar\/priority-classes, cellar\/whoami\)/) });
  });

  test("is not told off for what a commit says of the default lab, and is for what it says of nothing", () => {
    commit("Another lab's", "", "Data-at-risk: attic/whoami Namespace whoami");
    expect(planned()).toMatchObject({ status: 0 });
    commit("Its own", "", "Data-at-risk: cellar/whoami Namespace whoami");
    expect(planned()).toMatchObject({ status: 1, stdout: expect.stringContaining("ACKNOWLEDGED FOR NOTHING") });
  });
});

test("a base whose lab cannot be made is a finding, and nothing is planned", () => {
  const start = git("rev-parse", "main").stdout.trim();
  secondLab(false);
  edit("labs/cabin/lab.ts", (text) => text.replace("place(whoami)", 'place(whoami, { settings: { memroy: "1Gi" } as never })'));
  git("commit", "-q", "-a", "-m", "Wrong");
  edit("labs/cabin/lab.ts", (text) => text.replace("memroy", "memory"));
  const { status, stderr } = hearth("plan", "--lab", "labs/cabin", "--base", "HEAD");
  expect(status).toBe(1);
  expect(stderr).toMatch(/labs\/cabin {2}\(plan-base\)[\s\S]*setting "memroy"/);
  git("checkout", "-q", "-f", "main");
  git("reset", "-q", "--hard", start);
});

test("what git does not know is a finding, and no stack trace", () => {
  const unknown = hearth("plan", "--base", "no-such-branch");
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toMatch(/plan-base[\s\S]*no-such-branch/);
  expect(unknown.stderr).not.toMatch(/\n\s+at /);
  git("branch", "-m", "main", "trunk");
  expect(hearth("plan")).toMatchObject({ status: 1, stderr: expect.stringContaining("neither origin/main nor main") });
  git("branch", "-m", "trunk", "main");
});

test("a lab with errors is not planned", () => {
  edit("lab/lab.ts", (text) => text.replace("place(whoami)", 'place(whoami, { settings: { memroy: "1Gi" } as never })'));
  expect(hearth("plan")).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing was planned.") });
});
