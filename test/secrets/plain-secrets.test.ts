import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isSealedFile, plainSecretsIn } from "./plain-secrets";

/** Everything that is in git, or would be with the next commit. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
  .split("\n")
  .filter((file) => /\.(ya?ml|json)$/.test(file));

const textOf = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Deleted, and not yet committed so.
    return "";
  }
};

test("no file in git holds a Secret whose values can be read", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => plainSecretsIn(textOf(file)).map((secret) => `${file}: ${secret}`))).toEqual([]);
});

test("everything in secrets/ is encrypted", () => {
  expect(files.filter((file) => file.startsWith("secrets/") && !isSealedFile(textOf(file)))).toEqual([]);
});

describe("what counts as encrypted", () => {
  // Made as docs/secrets.md says, for a key that nobody kept.
  const sealed = readFileSync("test/secrets/encrypted.yaml", "utf8");
  const plain = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\n";

  test("SOPS' own work", () => {
    expect(isSealedFile(sealed)).toBe(true);
    expect(plainSecretsIn(sealed)).toEqual([]);
  });

  test.each([
    ["data", `${plain}data:\n  password: aHVudGVyMg==\n`],
    ["text", `${plain}stringData:\n  password: hunter2\n`],
    ["a value among others of a stream", `kind: ConfigMap\n---\n${plain}data: { password: aHVudGVyMg== }\n`],
    ["a value in a list", `kind: List\nitems:\n  - kind: Secret\n    metadata: { name: login }\n    data: { password: aHVudGVyMg== }\n`],
    ["JSON", JSON.stringify({ kind: "Secret", metadata: { name: "login" }, stringData: { password: "hunter2" } })],
    ["what only looks encrypted, and which no key opens", `${plain}data:\n  password: ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]\n`],
  ])("not %s", (_what, text) => {
    expect(plainSecretsIn(text)).toEqual(["Secret/login: password"]);
    expect(isSealedFile(text)).toBe(false);
  });

  test("not one plain value beside encrypted ones", () => {
    expect(plainSecretsIn(sealed.replace("data:\n", "data:\n    second: aHVudGVyMg==\n"))).toEqual(["Secret/gcp-secret-manager: second"]);
  });

  test("not an empty file, which a failed command leaves behind", () => {
    expect(isSealedFile("")).toBe(false);
  });

  test("and a Secret without values is none: a controller fills it", () => {
    expect(plainSecretsIn(plain)).toEqual([]);
  });
});
