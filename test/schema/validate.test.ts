import fc from "fast-check";
import { schemaLibrary } from "../../engine/schema/catalogue";
import { validate } from "../../engine/schema/validate";
import { importedOperators } from "../../imports/operators";
import { deployment, everything, importsDir, lines } from "./fixtures";

const catalogue = everything();

test("a Deployment as one writes it is fine", () => {
  expect(validate(deployment(), catalogue)).toEqual([]);
});

test("a wrong Deployment tells everything at once", () => {
  const { spec, ...rest } = deployment();
  const [container] = spec.template.spec.containers;
  const wrong = {
    ...rest,
    spec: {
      ...spec,
      replica: 2,
      selector: undefined,
      template: { ...spec.template, spec: { containers: [{ ...container, imge: "x", resources: { limits: { memory: "4GB" } } }], volumes: [{ name: "models", emptyDir: null }] } },
    },
    status: {},
  };
  expect(lines(validate(wrong, catalogue))).toEqual([
    'spec.template.spec.containers[0].resources.limits.memory: "4GB", expected a quantity such as "500m" or "1Gi"',
    'spec.template.spec.containers[0].imge: an unknown field, expected a field that the schema has: did you mean "image"?',
    "spec.template.spec.volumes[0].emptyDir: null, expected an object",
    'spec.replica: an unknown field, expected a field that the schema has: did you mean "replicas"?',
    "spec.selector: nothing, expected a value: the field is required",
    "status: an unknown field, expected one of its fields: apiVersion, kind, metadata, spec",
  ]);
});

test("a kind without a schema is a problem of its own", () => {
  const nearest = "expected a kind that this cluster serves: did you mean apps/v1 Deployment?";
  expect(lines(validate({ apiVersion: "extensions/v1beta1", kind: "Deployment" }, catalogue))).toEqual([`: extensions/v1beta1 Deployment, ${nearest}`]);
  expect(lines(validate({ apiVersion: "apps/v1", kind: "Deploymnet" }, catalogue))).toEqual([`: apps/v1 Deploymnet, ${nearest}`]);
  expect(lines(validate({ apiVersion: "example.com/v1", kind: "Zebra" }, catalogue))).toEqual([
    ": example.com/v1 Zebra, expected a kind of this cluster's Kubernetes version or of an operator that it runs",
  ]);
});

test("what is no object is a problem, not a crash", () => {
  expect(lines(validate("kind: Pod", catalogue))).toEqual([': "kind: Pod", expected an object']);
  expect(lines(validate({ kind: "Pod" }, catalogue))).toEqual([": an object with kind, expected an object with apiVersion and kind"]);
  expect(validate({ apiVersion: "v1", kind: "ConfigMap", metadata: "x" }, catalogue).map(({ path }) => path)).toEqual(["metadata", "metadata.name"]);
});

test("a custom kind is known where its operator runs, and only there", () => {
  const library = schemaLibrary(importsDir);
  const metallb = importedOperators.filter(({ name }) => name === "metallb");
  const pool = { apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool", metadata: { name: "lan", namespace: "metallb-system" }, spec: { addresses: ["192.168.1.240/28"] } };
  expect(validate(pool, library.catalogueOf("1.36", metallb))).toEqual([]);
  expect(validate(pool, library.catalogueOf("1.36", []))).toHaveLength(1);
});

test("an owner's own definition is checked like an imported one", () => {
  const definition = {
    spec: {
      group: "example.com",
      scope: "Cluster",
      names: { kind: "Zebra" },
      versions: [{ name: "v1", served: true, schema: { openAPIV3Schema: { type: "object", properties: { stripes: { type: "integer" } } } } }],
    },
  };
  const own = schemaLibrary(importsDir).catalogueOf("1.36", [], [definition]);
  const zebra = { apiVersion: "example.com/v1", kind: "Zebra", metadata: { name: "z" }, stripes: 2 };
  expect(validate(zebra, own)).toEqual([]);
  expect(lines(validate({ ...zebra, stripes: "two" }, own))).toEqual(['stripes: "two", expected a whole number']);
});

test("a version that nobody imported is our mistake, so it throws", () => {
  const library = schemaLibrary(importsDir);
  expect(() => library.catalogueOf("1.20", [])).toThrow("no schemas for Kubernetes 1.20");
  expect(() => library.catalogueOf("1.36", [{ name: "metallb", version: "0.0.1" }])).toThrow("no schemas for metallb 0.0.1: imports/ has 0.16.2");
  expect(() => library.catalogueOf("1.36", [{ name: "nobody", version: "1" }])).toThrow("no schemas for nobody 1: imports/ has argo-cd");
});

test("a field that no schema has is found wherever it is put", () => {
  const places = objectsIn(deployment()).filter(({ path }) => !freeKeys.test(path));
  const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,20}$/).map((text) => `${text}Zz`);
  fc.assert(
    fc.property(fc.nat(places.length - 1), name, (index, field) => {
      const object = deployment();
      const { path } = places[index]!;
      Object.assign(objectsIn(object)[objectsIn(object).findIndex((place) => place.path === path)]!.object, { [field]: 1 });
      const found = validate(object, catalogue);
      expect(found.map((problem) => problem.path)).toEqual([path === "" ? field : `${path}.${field}`]);
    }),
  );
});

/** Objects whose keys are the author's own: labels, resource names. */
const freeKeys = /(labels|annotations|matchLabels|requests|limits)$/;

function objectsIn(value: object, path = ""): readonly { readonly path: string; readonly object: object }[] {
  const inner = Object.entries(value).flatMap(([key, child]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return typeof child === "object" && child !== null ? objectsIn(child, at) : [];
  });
  return Array.isArray(value) ? inner : [{ path, object: value }, ...inner];
}
