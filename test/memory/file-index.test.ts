import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FileIndex } from "../../engine/emit/file-index";

type Index = FileIndex & { readonly digest?: string; readonly isUntouched: () => boolean };
const { FileIndex: Index } = jest.requireActual<{ FileIndex: new (file: string, root: string, engine: string) => Index }>("../../engine/cli/file-index.cjs");

const { isYoung } = jest.requireActual<{ isYoung: (stats: { readonly ctimeMs: number }, now: number) => boolean }>("../../engine/cli/digest.cjs");

const directory = mkdtempSync(join(tmpdir(), "hearth-index-"));
afterAll(() => rmSync(directory, { recursive: true }));

let root: string;
const file = () => `${root}.json`;
const open = (engine = "this") => new Index(file(), root, engine);
const none: ReadonlySet<string> = new Set();

beforeEach(() => {
  root = mkdtempSync(join(directory, "root-"));
  for (const path of ["dist/one/a/x.yaml", "dist/one/a/y.yaml", "dist/two/x.yaml", "docs/one.md", "docs/two.md"]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  keep(open());
});

const one = { name: "one", text: "of one", files: new Map([["dist/one/a", ["x.yaml", "y.yaml"]], ["docs", ["one.md"]]]) };
const two = { name: "two", text: "of two", files: new Map([["dist/two", ["x.yaml"]], ["docs", ["two.md"]]]) };
const folders = ["dist", "dist/one", "dist/one/a", "dist/two", "docs", "argocd"];
const keep = (index: FileIndex, written = none, compared = { began: Date.now() + 1, ended: Date.now() + 1 }) => index.keep({ pieces: [one, two], folders, written, compared });

/** Lets the disk's clock go on, so that what stands is known without being read. */
async function age(): Promise<void> {
  const told = () => (JSON.parse(readFileSync(file(), "utf8")) as { readonly kept: { readonly contents: readonly unknown[] } }).kept.contents.length === 0;
  while (!told()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    rmSync(file());
    keep(open());
  }
}

test("nothing was touched: every piece stands, and each folder tells what is in it", () => {
  const index = open();
  expect(index.isUntouched()).toBe(true);
  expect(index.files("one", "of one")).toEqual(one.files);
  expect([index.stands("one"), index.stands("two")]).toEqual([true, true]);
  expect(index.folder("dist")).toEqual({ files: 0, folders: ["one", "two"] });
  expect(index.folder("docs")).toEqual({ files: 2, folders: [] });
});

test("a piece that came to something else, or is of another engine, is not known", () => {
  expect(open().files("one", "of another")).toBeUndefined();
  expect(open().files("three", "of three")).toBeUndefined();
  expect(open("another").files("one", "of one")).toBeUndefined();
  expect(open("another").folder("dist")).toBeUndefined();
});

const at = (path: string) => join(root, path);
const edit: readonly [string, () => void] = ["a file that is edited", () => appendFileSync(at("dist/one/a/x.yaml"), "more")];
const changes: readonly (readonly [string, () => void])[] = [
  edit,
  ["a file of the same length", () => writeFileSync(at("dist/one/a/x.yaml"), "DIST/ONE/A/X.YAML")],
  ["a file that is set back to its former time", () => {
    writeFileSync(at("dist/one/a/x.yaml"), "DIST/ONE/A/X.YAML");
    utimesSync(at("dist/one/a/x.yaml"), 1, 1);
  }],
  ["a file that is lost", () => rmSync(at("docs/one.md"))],
  ["a file in whose place a link to it stands", () => {
    renameSync(at("docs/one.md"), at("one.md"));
    symlinkSync(at("one.md"), at("docs/one.md"));
  }],
];

describe.each([["just written", () => Promise.resolve()], ["written a while ago", age]])("%s", (_, written) => {
  test.each(changes)("%s: its piece does not stand, the other one does", async (_, change) => {
    await written();
    change();
    const index = open();
    expect([index.stands("one"), index.stands("two")]).toEqual([false, true]);
    expect(index.isUntouched()).toBe(false);
  });

  test.each<[string, () => void, string]>([
    ["a file comes", () => writeFileSync(at("dist/one/a/z.yaml"), ""), "dist/one/a"],
    ["a folder comes", () => mkdirSync(at("dist/one/b")), "dist/one"],
    ["a link comes where a folder was", () => {
      renameSync(at("dist/two"), at("two"));
      symlinkSync(at("two"), at("dist/two"));
    }, "dist"],
    ["a folder goes", () => rmSync(at("dist/two"), { recursive: true }), "dist"],
  ])("%s: its folder is to be looked into", async (_, change, folder) => {
    await written();
    change();
    const index = open();
    expect(index.folder(folder)).toBeUndefined();
    expect(index.folder("docs")).toBeDefined();
    expect(index.isUntouched()).toBe(false);
  });
});

test("a folder that was not there is seen when it comes", async () => {
  await age();
  expect(open().isUntouched()).toBe(true);
  mkdirSync(at("argocd"));
  expect(open().isUntouched()).toBe(false);
});

test("what stands is kept without a look, and says the same again; what was written is looked at", async () => {
  await age();
  const index = open();
  expect([index.isUntouched(), keep(index)]).toEqual([true, index.digest]);
  appendFileSync(at("dist/one/a/x.yaml"), "more");
  const next = open();
  expect(next.stands("one")).toBe(false);
  const digest = keep(next, new Set(["dist/one/a"]));
  expect(digest).not.toBe(index.digest);
  expect([open().digest, open().isUntouched()]).toEqual([digest, true]);
});

test("what somebody changed after it was compared is not known, nor what came", async () => {
  await age();
  const compared = { began: Date.now(), ended: Date.now() };
  // The disk's clock goes on, too.
  while (statSync(at("dist/one/a/x.yaml")).ctimeMs <= compared.ended) appendFileSync(at("dist/one/a/x.yaml"), "theirs");
  writeFileSync(at("docs/theirs.md"), "");
  rmSync(file());
  keep(open(), none, compared);
  const next = open();
  expect([next.stands("one"), next.stands("two")]).toEqual([false, true]);
  expect([next.folder("dist/one/a"), next.folder("docs")]).toEqual([{ files: 2, folders: [] }, undefined]);
});

test("what leads to the folders may change, and may not become a link", async () => {
  const deep = (it: Index) => it.keep({ pieces: [one, two], folders: ["dist/one", "dist/one/a", "dist/two", "docs"], written: none, compared: { began: Date.now() + 1, ended: Date.now() + 1 } });
  deep(open());
  writeFileSync(at("dist/notes.md"), "");
  expect(open().isUntouched()).toBe(true);
  renameSync(at("dist"), at("elsewhere"));
  symlinkSync(at("elsewhere"), at("dist"));
  expect(open().isUntouched()).toBe(false);
});

test.each(["docs", "dist/one/a"])("a file where the folder %s was is no failure", (folder) => {
  rmSync(at(folder), { recursive: true });
  writeFileSync(at(folder), "");
  const index = open();
  expect([index.stands("one"), index.folder(folder), index.isUntouched()]).toEqual([false, undefined, false]);
});

test("a file that nobody has is never the same", () => {
  rmSync(at("docs/one.md"));
  keep(open(), new Set(["docs"]));
  expect(open().stands("one")).toBe(false);
});

test.each<[string, number, number, boolean]>([
  ["a tick ago", 5_000.5, 5_010, true],
  ["some ticks ago", 5_000.5, 5_030, false],
  ["by whole seconds, one of which has passed", 5_000, 6_500, true],
  ["by whole seconds, two of which have passed", 5_000, 7_000, false],
  ["by a clock that is ahead", 9_000.5, 5_000, true],
])("what changed %s may change once more without its being told: %d, at %d", (_, ctimeMs, now, young) => {
  expect(isYoung({ ctimeMs }, now)).toBe(young);
});
