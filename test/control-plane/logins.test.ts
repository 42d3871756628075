import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loginsAreWritten, unwritten } from "../../tools/control-plane/assertions/logins";

const wanted = JSON.stringify({ staticPasswords: [{ email: "ada@x.example", hash: "$argocd-password-ada:value" }, { email: "bob@x.example", hash: "$argocd-password-bob:value" }] });
const written = (...people: readonly { readonly email: string; readonly hash: string }[]): string => JSON.stringify({ staticPasswords: people });
const ada = { email: "ada@x.example", hash: "$2a$10$x" };

test("whoever is missing for Dex, or has no password there, is named", () => {
  expect(unwritten(wanted, written(ada))).toEqual(["bob@x.example is not in it"]);
  expect(unwritten(wanted, written(ada, { email: "bob@x.example", hash: "$argocd-password-bob:value" }))).toEqual(["the password of bob@x.example is $argocd-password-bob:value"]);
  expect(unwritten(wanted, written(ada, { email: "bob@x.example", hash: "" }))).toEqual(["the password of bob@x.example is empty"]);
});

test("all are there with their passwords, or nobody is to log in", async () => {
  expect(unwritten(wanted, written(ada, { email: "bob@x.example", hash: "$2a$10$y" }))).toEqual([]);
  const directory = mkdtempSync(path.join(tmpdir(), "logins-"));
  writeFileSync(path.join(directory, "dex.yaml"), written(ada));
  const configuration = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "argocd-cm" }, data: {} };
  expect(await loginsAreWritten(configuration, path.join(directory, "dex.yaml"))).toMatchObject({ says: expect.stringContaining("all 0 who"), problems: [] });
  rmSync(directory, { recursive: true });
});
