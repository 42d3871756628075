import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const copied = ["apps", "engine", "examples", "imports", "infra", "lab", "package.json", "package-lock.json"];

/** Every file below a folder in one hash. */
function digestOf(root: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** The default lab, and one whose machines, router and stacks are written as well. */
test.each(["lab", "examples/hybrid"])("two synths of %s are byte-identical in any directory, time zone and locale", (lab) => {
  const elsewhere = mkdtempSync(join(tmpdir(), "hearth ümlaut "));
  try {
    for (const name of copied) cpSync(name, join(elsewhere, name), { recursive: true });
    symlinkSync(join(process.cwd(), "node_modules"), join(elsewhere, "node_modules"));
    const synth = (cwd: string, out: string, env: Readonly<Record<string, string>>) =>
      execFileSync(process.execPath, ["engine/cli/launch.cjs", "synth", "--lab", lab, "--out", out], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
    synth(process.cwd(), join(elsewhere, "here"), { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" });
    synth(elsewhere, join(elsewhere, "there"), { TZ: "America/Los_Angeles", LC_ALL: "C" });
    expect(digestOf(join(elsewhere, "there"))).toBe(digestOf(join(elsewhere, "here")));
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}, 60_000);
