import path from "node:path";
import { servedBy, sourceOf } from "../../tools/control-plane/definitions/definition-source";
import { standIn, standIns } from "../../tools/control-plane/definitions/stand-in";
import { standingDefinitions } from "../../tools/control-plane/definitions/standing-definitions";
import { fieldOf } from "../../tools/control-plane/kubernetes/object";
import { clusterOf, worldOf } from "../lab-of";
import { ciliumCluster } from "../on-cilium";

const closed = { group: "b.c", version: "v1", kind: "A", plural: "as", namespaced: true, schema: { type: "object", properties: { spec: { type: "object" } } } };

test("a stand-in serves its kind, with the closed schema and room for a status", () => {
  const definition = standIn("as.b.c", [closed]);
  expect(servedBy(definition)).toEqual(["b.c/v1 A"]);
  const [version] = fieldOf(definition, "spec", "versions") as unknown[];
  expect(Object.keys(fieldOf(version, "schema", "openAPIV3Schema", "properties") as object)).toEqual(["spec", "status"]);
});

test("only one version of a kind is stored", () => {
  const versions = fieldOf(standIn("as.b.c", [closed, { ...closed, version: "v2" }]), "spec", "versions") as { storage: boolean }[];
  expect(versions.map(({ storage }) => storage)).toEqual([true, false]);
});

test("what a schema says by reference to Kubernetes' own types is left open, because a definition may not refer", () => {
  const schema = { type: "object", properties: { spec: { type: "array", items: { $ref: "io.k8s.api.core.v1.Toleration" } } } };
  const [version] = fieldOf(standIn("as.b.c", [{ ...closed, schema }]), "spec", "versions") as unknown[];
  expect(fieldOf(version, "schema", "openAPIV3Schema", "properties", "spec")).toEqual({ type: "array", items: { "x-kubernetes-preserve-unknown-fields": true } });
});

test("every closed schema that is committed makes a definition", () => {
  const made = standIns(path.join(__dirname, "../../imports/closed"));
  expect(made.flatMap(servedBy)).toContain("external-secrets.io/v1 ExternalSecret");
  expect(JSON.stringify(made)).not.toContain('"$ref":');
});

test("a source finds a definition by any version that it serves", () => {
  const source = sourceOf("x", [standIn("as.b.c", [closed, { ...closed, version: "v2" }])]);
  expect(source.find("b.c/v2", "A")?.metadata.name).toBe("as.b.c");
  expect(source.find("b.c/v3", "A")).toBeUndefined();
});

test("a cluster with Cilium has its definitions from the start, and another has none", () => {
  const sources = [sourceOf("x", standIns(path.join(__dirname, "../../imports/closed")))];
  const standing = (cluster: ReturnType<typeof clusterOf>) => standingDefinitions(worldOf({ clusters: [cluster] }), cluster, sources).flatMap(servedBy);
  expect(standing(ciliumCluster())).toEqual(["cilium.io/v2 CiliumNetworkPolicy"]);
  expect(standing(clusterOf())).toEqual([]);
});
