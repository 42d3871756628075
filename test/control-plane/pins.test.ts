import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheDirectory } from "../../tools/control-plane/build/cache-directory";
import { moduleVersion, readPins } from "../../tools/control-plane/pins";

const GO_MOD = `module example.test/x

go 1.26.3

require example.test/alone v1.0.0

require (
	example.test/listed v2.0.0 // indirect
	example.test/replaced v3.0.0
)

replace example.test/replaced => example.test/replaced v3.0.1
`;

const made: string[] = [];
afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true })));

function moduleWith(goMod: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "pins-"));
  made.push(directory);
  mkdirSync(path.join(directory, "testbed"));
  for (const [name, text] of Object.entries({ "go.mod": goMod, "go.sum": "", "testbed/main.go": "package main" })) writeFileSync(path.join(directory, name), text);
  return directory;
}

test("a pin is read from a line of its own, from a list, and from a replacement", () => {
  expect(["alone", "listed", "replaced"].map((name) => moduleVersion(GO_MOD, `example.test/${name}`))).toEqual(["v1.0.0", "v2.0.0", "v3.0.1"]);
});

test("a module that is not pinned is an error", () => {
  expect(() => moduleVersion(GO_MOD, "example.test/list")).toThrow("go.mod does not pin example.test/list");
});

test("the cache's key changes with a pin and with the toolchain, and with nothing else", () => {
  const key = readPins(moduleWith(GO_MOD)).upstreamKey("go1.26.8");
  expect(readPins(moduleWith(GO_MOD)).upstreamKey("go1.26.8")).toBe(key);
  expect(readPins(moduleWith(GO_MOD)).upstreamKey("go1.26.9")).not.toBe(key);
  expect(readPins(moduleWith(GO_MOD.replace("v3.0.1", "v3.0.2"))).upstreamKey("go1.26.8")).not.toBe(key);
});

test("our own module pins what the tests run", () => {
  const pins = readPins(path.join(__dirname, "../../tools/control-plane"));
  expect(pins.version("k8s.io/kubernetes")).toMatch(/^v1\.\d+\.\d+$/);
  expect(pins.goVersion).toMatch(/^1\.\d+/);
});

test("the cache is where the environment says, else in the user's cache", () => {
  expect(cacheDirectory({ HEARTH_CACHE: "/c" })).toBe("/c/bin");
  expect(cacheDirectory({ XDG_CACHE_HOME: "/x" })).toBe("/x/hearth/bin");
  expect(cacheDirectory({})).toMatch(/\.cache\/hearth\/bin$/);
});

test("a change of our own program builds that one again, and none of upstream's", () => {
  const [before, after] = [moduleWith(GO_MOD), moduleWith(GO_MOD)];
  writeFileSync(path.join(after, "testbed", "main.go"), "package other");
  expect(readPins(after).upstreamKey("go1.26.8")).toBe(readPins(before).upstreamKey("go1.26.8"));
  expect(readPins(after).testbedKey("go1.26.8")).not.toBe(readPins(before).testbedKey("go1.26.8"));
});
