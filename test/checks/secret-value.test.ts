import { secretValue } from "../../engine/checks/manifests/secret-value";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const found = (...manifests: readonly Manifest[]) => secretValue(builtFrom(manifests).built).map((it) => it.found);
// Put together here, so that no scanner takes this file for a leak.
const token = ["ghp", "a".repeat(36)].join("_");

test("a Secret with values is found", () => {
  expect(found(object("Secret", "key", { stringData: { key: "hunter2" } }))).toEqual(["Secret/key has values"]);
});

test("values in configuration, variables and arguments are found", () => {
  const pod = deployment({ container: { env: [{ name: "DB_PASSWORD", value: "hunter22" }], args: [`--token=${token}`] } });
  expect(found(object("ConfigMap", "c", { data: { "app.ini": `url = ${["https://user", "pass@host"].join(":")}` } }), pod)).toHaveLength(3);
});

test("an empty Secret, a path, a reference and a placeholder hold no value", () => {
  const env = [
    { name: "TOKEN", value: "/run/secrets/token" },
    { name: "API_KEY", value: "none" },
    { name: "URL_SECRET", value: "$(OTHER_SECRET)" },
    { name: "KEY", value: "not a secret by its name" },
  ];
  expect(found(object("Secret", "filled-later"), deployment({ container: { env } }))).toEqual([]);
});
