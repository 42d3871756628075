import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findGo, requireGit } from "../../tools/control-plane/build/go-toolchain";
import { UserError } from "../../tools/control-plane/user-error";

const found = process.env["PATH"];
let directory: string;

/** A PATH on which only these programs are, each of which says one thing. */
function onlyOnThePath(programs: Readonly<Record<string, string>>): void {
  for (const [name, says] of Object.entries(programs)) {
    writeFileSync(path.join(directory, name), `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path.join(directory, name), 0o755);
  }
  process.env["PATH"] = directory;
}

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "toolchain-"));
});

afterEach(() => {
  process.env["PATH"] = found;
  rmSync(directory, { recursive: true });
});

function complaintOf(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    if (cause instanceof UserError) return cause.message;
    throw cause;
  }
  return "";
}

test("without Go, or with an old one, it says which one and where to get it", () => {
  onlyOnThePath({});
  expect(complaintOf(() => findGo(directory, "1.26.3"))).toBe("There is no go on the PATH. Go 1.26.3 or newer builds the control plane: install it from https://go.dev/dl/");
  onlyOnThePath({ go: "go version go1.22.1 linux/amd64" });
  expect(complaintOf(() => findGo(directory, "1.26.3"))).toBe("This is go version go1.22.1 linux/amd64; the control plane needs Go 1.26.3 or newer: https://go.dev/dl/");
});

test("a Go that is new enough is taken", () => {
  onlyOnThePath({ go: "go version go1.26.8 linux/amd64" });
  expect(findGo(directory, "1.26.3").description).toBe("go version go1.26.8 linux/amd64");
});

test("without git, or with an old one, it says what it is for and where to get it", () => {
  onlyOnThePath({});
  expect(complaintOf(() => requireGit(directory))).toContain("There is no git on the PATH. git 2.28.0 or newer serves the repository to Argo CD: install it");
  onlyOnThePath({ git: "git version 2.20.1" });
  expect(complaintOf(() => requireGit(directory))).toContain("This is git version 2.20.1; git 2.28.0 or newer");
});

test("a git that is new enough is taken", () => {
  onlyOnThePath({ git: "git version 2.39.5" });
  expect(complaintOf(() => requireGit(directory))).toBe("");
});
