import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

/** What decides which binaries a run uses: the Go module's pins and our own Go programs. */
export interface Pins {
  /** The least Go version that go.mod accepts, such as "1.26.3". */
  readonly goVersion: string;
  /** The version of a module that the build uses, such as "v1.36.3"; throws when go.mod does not name it. */
  version(module: string): string;
  /** Changes whenever a pin, one of our programs or the given toolchain changes. */
  key(toolchain: string): string;
}

const SOURCES = ["go.mod", "go.sum", "redis/main.go"];

/** Reads the pins of the Go module in a directory. */
export function readPins(moduleDirectory: string): Pins {
  const sources = SOURCES.map((name) => readFileSync(path.join(moduleDirectory, name), "utf8"));
  const goMod = sources[0]!;
  const goVersion = /^go (\S+)$/m.exec(goMod)?.[1];
  if (goVersion === undefined) throw new Error(`${moduleDirectory}/go.mod has no go line`);
  return {
    goVersion,
    version: (module) => moduleVersion(goMod, module),
    key: (toolchain) => sources.reduce((hash, text) => hash.update(text).update("\0"), createHash("sha256")).update(toolchain).digest("hex").slice(0, 16),
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
