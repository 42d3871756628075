import { homedir } from "node:os";
import path from "node:path";

/** Where built programs are kept between runs and checkouts: outside the repository, one folder per set of pins. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(environment["HEARTH_CACHE"] ?? path.join(environment["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "hearth"), "bin");
}
