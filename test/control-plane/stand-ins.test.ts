import { secretFor } from "../../tools/control-plane/stand-ins/external-secrets";
import { STAND_INS, stageOf, standInsFor } from "../../tools/control-plane/stand-ins/table";
import { Vault } from "../../tools/control-plane/stand-ins/vault";

test("only kinds that are served are played, because KWOK cannot watch another", () => {
  expect(standInsFor(new Set(["cert-manager.io/v1 Issuer"]), new Set(["cert-manager"])).map(({ kind }) => kind)).toEqual(["Issuer"]);
});

test("an operator that nobody placed is not played", () => {
  expect(standInsFor(new Set(["cert-manager.io/v1 Issuer"]), new Set(["external-secrets"]))).toEqual([]);
});

test("every kind of the table has one part only", () => {
  const kinds = STAND_INS.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(new Set(kinds).size).toBe(kinds.length);
});

test("a stage waits for the condition to be missing, and makes it true", () => {
  const stage = JSON.stringify(stageOf({ operator: "x", apiVersion: "a/v1", kind: "B", condition: "Available" }));
  expect(stage).toContain('select( .type == \\"Available\\" )');
  expect(stage).toContain("- type: Available\\n  status: \\\"True\\\"");
});

const secret = (spec: object): Parameters<typeof secretFor>[0] => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "x", namespace: "a", uid: "1" },
  spec: { target: {}, data: [], dataFrom: [], ...spec },
});

test("a value of the vault is put into the template", () => {
  const vault = new Vault();
  vault.put("k", "v");
  const target = { name: "theirs", template: { type: "Opaque", metadata: { labels: { l: "1" } }, data: { user: "ada", password: "{{ .value }}" } } };
  expect(secretFor(secret({ target, data: [{ secretKey: "value", remoteRef: { key: "k" } }] }), vault)).toMatchObject({
    metadata: { name: "theirs", namespace: "a", labels: { l: "1" } },
    stringData: { user: "ada", password: "v" },
  });
});

test("two ExternalSecrets of one key get one value, and two generated ones differ", () => {
  const vault = new Vault();
  const value = (spec: object, uid = "1"): unknown => secretFor({ ...secret(spec), metadata: { name: "x", namespace: "a", uid } }, vault)?.["stringData"];
  const fromVault = { data: [{ secretKey: "value", remoteRef: { key: "k" } }] };
  expect(value(fromVault)).toEqual(value(fromVault));
  expect(value({ dataFrom: [{}] }, "1")).not.toEqual(value({ dataFrom: [{}] }, "2"));
});

test("what a documented step puts into the vault is missing until then", () => {
  const vault = new Vault(new Set(["k"]));
  const wanted = secret({ data: [{ secretKey: "value", remoteRef: { key: "k" } }] });
  expect(secretFor(wanted, vault)).toBeUndefined();
  vault.put("k", "v");
  expect(secretFor(wanted, vault)).toMatchObject({ stringData: { value: "v" } });
});

test("a template that is more than a value is an error, not a wrong Secret", () => {
  expect(() => secretFor(secret({ target: { template: { data: { a: "{{ .value | b64enc }}" } } } }), new Vault())).toThrow("cannot follow the template");
});
