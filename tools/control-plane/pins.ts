import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What decides which binaries a run uses: the Go module's pins and our own Go program. */
export interface Pins {
  /** The least Go version that go.mod accepts, such as "1.26.3". */
  readonly goVersion: string;
  /** The version of a module that the build uses, such as "v1.36.3"; throws when go.mod does not name it. */
  version(module: string): string;
  /** Changes whenever a pin or the given toolchain changes. */
  upstreamKey(toolchain: string): string;
  /** Changes with our own program as well, which must not make upstream's be built again. */
  testbedKey(toolchain: string): string;
}

/** Reads the pins of the Go module in a directory. */
export function readPins(moduleDirectory: string): Pins {
  const read = (...names: string[]): string => readFileSync(path.join(moduleDirectory, ...names), "utf8");
  const goMod = read("go.mod");
  const goVersion = /^go (\S+)$/m.exec(goMod)?.[1];
  if (goVersion === undefined) throw new Error(`${moduleDirectory}/go.mod has no go line`);
  const upstream = [goMod, read("go.sum")];
  const ours = readdirSync(path.join(moduleDirectory, "testbed")).sort();
  return {
    goVersion,
    version: (module) => moduleVersion(goMod, module),
    upstreamKey: (toolchain) => digest([...upstream, toolchain]),
    testbedKey: (toolchain) => digest([...upstream, toolchain, ...ours.map((name) => read("testbed", name))]),
  };
}

/** The version that a go.mod's text pins for a module; a replacement wins over the requirement. */
export function moduleVersion(goMod: string, module: string): string {
  const words = goMod.split("\n").map((line) => line.trim().replace(/^(require|replace) /, "").split(/\s+/));
  const replaced = words.find((line) => line[0] === module && line[1] === "=>")?.[3];
  const required = words.find((line) => line[0] === module && line[1]?.startsWith("v"))?.[1];
  const version = replaced ?? required;
  if (version === undefined) throw new Error(`go.mod does not pin ${module}`);
  return version;
}

function digest(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 16);
}
