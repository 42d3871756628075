import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonSchema } from "../../engine/schema/json-schema";
import { closedCrd } from "../../tools/crds/closed/closed-crd";
import { list, object, required, text, withSpec } from "../../tools/crds/closed/closed-kind";
import type { Crd } from "../../tools/crds/crd";
import { approved, conversionByWebhook } from "../../tools/crds/patches";
import { slim } from "../../tools/crds/slim";
import { stableJson } from "../../tools/crds/stable-json";
import { header } from "../../tools/crds/table";
import { writeImports } from "../../tools/crds/write-imports";

const zebras = (schema: JsonSchema): Crd => closedCrd({ group: "example.com", version: "v1", kind: "Zebra", plural: "zebras", namespaced: true, schema });
const specOf = (crd: Crd): JsonSchema => crd.spec.versions[0]!.schema.openAPIV3Schema.properties!["spec"]!;

describe("writing imports", () => {
  let directory = "";
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "imports-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  test("what an earlier run made and this one did not is removed, and nothing else", () => {
    writeImports(directory, new Map([["crds/old/1/a.json", "{}\n"], ["old.ts", header]]));
    mkdirSync(join(directory, "proxmox"));
    writeFileSync(join(directory, "proxmox", "vm.ts"), "export {};\n");
    writeFileSync(join(directory, "google.ts"), "export {};\n");
    const files = new Map([["new.ts", header]]);
    expect(writeImports(directory, files)).toEqual({ changed: 1, unchanged: 0, removed: 2 });
    expect(["crds/old/1/a.json", "old.ts", "proxmox/vm.ts", "google.ts", "new.ts"].map((file) => existsSync(join(directory, file)))).toEqual([false, false, true, true, true]);
    expect(writeImports(directory, files)).toEqual({ changed: 0, unchanged: 1, removed: 0 });
    expect(readFileSync(join(directory, "new.ts"), "utf8")).toBe(header);
  });
});

test("the same content is the same bytes, in whatever order it was made", () => {
  expect(stableJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(stableJson({ a: null, b: [{ c: 2, d: 1 }] }));
});

test("bindings type an operator's own fields, and leave the pod's to Kubernetes", () => {
  const schema = withSpec(object({ retention: text, tolerations: list(object({ key: text })), affinity: object({ nodeAffinity: object({}) }), probe: { $ref: "io.k8s.api.core.v1.Probe" } }));
  const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  expect(specOf(slim(zebras(schema))).properties).toEqual({
    retention: { type: "string" },
    tolerations: { type: "array", items: anything },
    affinity: anything,
    probe: anything,
  });
});

test("bindings are made of the stored version, without its status", () => {
  const crd = zebras(object({ spec: required(object({})), status: object({}) }));
  const old = { ...crd.spec.versions[0]!, name: "v1beta1", storage: false };
  const slimmed = slim({ ...crd, spec: { ...crd.spec, versions: [old, ...crd.spec.versions] } });
  expect(slimmed.spec.versions.map(({ name }) => name)).toEqual(["v1"]);
  expect(Object.keys(slimmed.spec.versions[0]!.schema.openAPIV3Schema.properties!)).toEqual(["spec"]);
});

test("an ApplicationSet's generators do not repeat the Application as their template", () => {
  const template = object({ spec: object({ project: text }) });
  const spec = specOf(slim(zebras(withSpec(object({ generators: list(object({ git: object({ path: text, template }) })), template })))));
  expect(spec.properties!["generators"]!.items!.properties!["git"]!.properties!["template"]!.properties).toBeUndefined();
  expect(spec.properties!["template"]).toEqual(template);
});

test("only the CRD whose versions differ gets a conversion", () => {
  const service = { name: "webhook", namespace: "zoo", path: "/convert" };
  const patch = (name: string) => conversionByWebhook(name, { conversionReviewVersions: ["v1"], service })(zebras(withSpec(object({}))));
  expect(patch("zebras.example.com").spec.conversion).toEqual({ strategy: "Webhook", webhook: { conversionReviewVersions: ["v1"], clientConfig: { service } } });
  expect(patch("lions.example.com").spec.conversion).toBeUndefined();
});

test("a CRD in Kubernetes' own groups names its review, and one without a review is noticed", () => {
  const crd = zebras(withSpec(object({})));
  expect(approved({ "zebras.example.com": "https://example.com/1" })(crd).metadata.annotations).toEqual({ "api-approved.kubernetes.io": "https://example.com/1" });
  expect(() => approved({})(crd)).toThrow("zebras.example.com: no API review is known");
});
