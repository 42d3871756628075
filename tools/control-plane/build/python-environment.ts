import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "./cache-directory";

/** The folder of the programs that a requirements.txt pins; installs them on the first use, with Python's own venv and pip. */
export function pythonEnvironment(requirements: string): string {
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const directory = path.join(cacheDirectory(), `python-${key}`);
  const whole = path.join(directory, "whole");
  if (!existsSync(whole)) {
    // A venv's programs name their own folder, so that it cannot be made elsewhere and renamed.
    rmSync(directory, { recursive: true, force: true });
    execFileSync("python3", ["-m", "venv", directory], { stdio: ["ignore", "ignore", "inherit"] });
    execFileSync(path.join(directory, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "--requirement", requirements], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    writeFileSync(whole, "");
  }
  return path.join(directory, "bin");
}
