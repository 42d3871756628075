import { goVersion, programPath, type Program } from "../../tools/programs";

/** Building a program from nothing takes a minute or two on an idle machine, and ten on a crowded one. */
const buildTimeout = 15 * 60_000;

/**
 * Tests that ask upstream's own programs, which Go builds. Where there is no Go they are left out, and that is said; in CI
 * they fail, since a rule that nobody checked must not pass.
 */
export function describeWithGo(name: string, programs: readonly Program[], tests: () => void): void {
  if (goVersion() === undefined && process.env["CI"] !== "true") {
    console.warn(`\n${"!".repeat(80)}\nNOT TESTED, because there is no Go on the PATH: ${name}\nInstall it from https://go.dev/dl/; CI never leaves these tests out.\n${"!".repeat(80)}`);
    describe.skip(name, tests);
    return;
  }
  describe(name, () => {
    beforeAll(() => {
      programs.forEach(programPath);
    }, buildTimeout);
    tests();
  });
}
