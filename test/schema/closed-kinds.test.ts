import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesSchemas } from "../../engine/schema/built-in-kinds";
import type { CustomResourceDefinition } from "../../engine/schema/custom-kinds";
import type { JsonSchema } from "../../engine/schema/json-schema";
import { validate } from "../../engine/schema/validate";
import type { ClosedKind } from "../../tools/crds/closed/closed-kind";
import { operators } from "../../tools/crds/operators";
import { everything, importsDir, lines } from "./fixtures";

/** The true schemas, where a checkout has them beside it: they are not ours to keep. */
const trueSchemas = join(__dirname, "..", "..", "..", "shared", "crds");
const closedKinds = operators.flatMap((operator) => ("kinds" in operator ? operator.kinds.map((closed) => ({ name: `${operator.name} ${closed.kind}`, closed, standing: "broughtBy" in operator })) : []));
const kubernetes: KubernetesSchemas = JSON.parse(readFileSync(join(importsDir, "schemas", "kubernetes-1.36.json"), "utf8"));

if (!existsSync(trueSchemas)) {
  console.warn(`SKIPPED: the closed schemas were not compared with the true ones: there is no ${trueSchemas}`);
}

(existsSync(trueSchemas) ? describe : describe.skip)("a closed schema allows nothing that the true one does not", () => {
  // jest runs the body of a skipped describe as well, to learn its tests.
  const upstream = existsSync(trueSchemas) ? upstreamSchemas() : new Map<string, JsonSchema>();
  const upstreamOf = ({ group, version, kind }: ClosedKind) => upstream.get(`${group}/${version} ${kind}`);
  // What a cluster has by itself is nothing that a checkout has to have.
  const absent = closedKinds.filter(({ standing, closed }) => standing && upstreamOf(closed) === undefined);
  if (absent.length > 0 && upstream.size > 0) console.warn(`SKIPPED: not compared with true ones, which are not in ${trueSchemas}: ${absent.map(({ name }) => name).join(", ")}`);
  test.each(closedKinds.filter((it) => !absent.includes(it)))("$name", ({ closed }) => {
    const real = upstreamOf(closed);
    expect(real).toBeDefined();
    expect(disagreements(closed.schema, real!, "")).toEqual([]);
  });
});

function upstreamSchemas(): ReadonlyMap<string, JsonSchema> {
  const files = readdirSync(trueSchemas).filter((file) => file.endsWith(".yaml"));
  const definitions: CustomResourceDefinition[] = files
    .flatMap((file) => parseAllDocuments(readFileSync(join(trueSchemas, file), "utf8")))
    .map((document) => document.toJS())
    .filter((object) => object?.kind === "CustomResourceDefinition");
  const schemas = definitions.flatMap(({ spec }) => spec.versions.map((version): [string, JsonSchema] => [`${spec.group}/${version.name} ${spec.names.kind}`, version.schema?.openAPIV3Schema ?? {}]));
  return new Map(schemas);
}

const lowerBounds = ["minimum", "minLength", "minItems", "minProperties"] as const;
const upperBounds = ["maximum", "maxLength", "maxItems", "maxProperties"] as const;

/** Where our schema would let something through that the true one stops, or names what it does not have. */
function disagreements(ours: JsonSchema, real: JsonSchema, path: string): readonly string[] {
  if (ours.$ref !== undefined) return disagreements(builtIn(ours.$ref), real, path);
  const found: string[] = [];
  if (typeName(ours) !== typeName(real)) found.push(`${path}: is ${typeName(real)}, not ${typeName(ours)}`);
  if (real.enum !== undefined && !(ours.enum ?? ["anything"]).every((value) => real.enum!.includes(value))) found.push(`${path}: is one of ${real.enum.join(", ")}`);
  if (ours.enum === undefined && ours.format !== "quantity" && real.pattern !== ours.pattern) found.push(`${path}: is like ${real.pattern}`);
  for (const bound of lowerBounds) {
    if ((ours[bound] ?? -Infinity) < (real[bound] ?? -Infinity)) found.push(`${path}: has ${bound} ${real[bound]}`);
  }
  for (const bound of upperBounds) {
    if ((ours[bound] ?? Infinity) > (real[bound] ?? Infinity)) found.push(`${path}: has ${bound} ${real[bound]}`);
  }
  for (const name of real.required ?? []) {
    const filledIn = real.properties?.[name]?.default !== undefined;
    if (!filledIn && name !== "metadata" && !ours.required?.includes(name)) found.push(`${path}.${name}: is required`);
  }
  for (const [name, field] of Object.entries(ours.properties ?? {})) {
    const realField = real.properties?.[name];
    // Some true schemas leave out what every object has.
    if (realField === undefined && path === "" && ["apiVersion", "kind", "metadata"].includes(name)) continue;
    found.push(...(realField === undefined ? [`${path}.${name}: does not exist`] : disagreements(field, realField, `${path}.${name}`)));
  }
  if (ours.items !== undefined) found.push(...disagreements(ours.items, real.items ?? {}, `${path}[]`));
  if (typeof ours.additionalProperties === "object") {
    const { additionalProperties } = real;
    found.push(...disagreements(ours.additionalProperties, typeof additionalProperties === "object" ? additionalProperties : {}, `${path}{}`));
  }
  return found;
}

function builtIn(name: string): JsonSchema {
  const found = kubernetes.definitions[name];
  if (found === undefined) throw new Error(`no definition ${name}`);
  return found;
}

function typeName(schema: JsonSchema): string {
  if (schema["x-kubernetes-int-or-string"] === true || schema.format === "quantity") return "integer or string";
  return schema.type ?? "anything";
}

describe("closed kinds as apps write them", () => {
  const catalogue = everything();

  test("a password that is made once and kept", () => {
    const dataFrom = [{ sourceRef: { generatorRef: { apiVersion: "generators.external-secrets.io/v1alpha1", kind: "Password", name: "session" } } }];
    const secret = (spec: object) => ({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "session", namespace: "webui" }, spec });
    expect(validate(secret({ refreshPolicy: "CreatedOnce", target: { name: "session", immutable: true }, dataFrom }), catalogue)).toEqual([]);
    expect(lines(validate(secret({ refreshPolicy: "Once", refreshIntervall: "1h", dataFrom }), catalogue))).toEqual([
      'spec.refreshPolicy: "Once", expected one of "CreatedOnce", "Periodic", "OnChange"',
      'spec.refreshIntervall: an unknown field, expected a field that the schema has: did you mean "refreshInterval"?',
    ]);
  });

  test("a store has exactly one provider", () => {
    const store = (provider: object) => ({ apiVersion: "external-secrets.io/v1", kind: "ClusterSecretStore", metadata: { name: "vault" }, spec: { provider } });
    expect(validate(store({ gcpsm: { projectID: "hearth" } }), catalogue)).toEqual([]);
    expect(lines(validate(store({ gcpsm: {}, fake: { data: [] } }), catalogue))).toEqual(["spec.provider: 2 fields, expected at most 1"]);
  });

  test("a Ceph cluster takes devices by id, and never a committed clean-up", () => {
    const storage = { useAllNodes: false, useAllDevices: false, nodes: [{ name: "forge-1", devices: [{ name: "/dev/disk/by-id/nvme-1" }] }] };
    const spec = { cephVersion: { image: "quay.io/ceph/ceph:v20.2.4" }, mon: { count: 3 }, storage, resources: { osd: { limits: { memory: "4Gi" } } } };
    const cluster = { apiVersion: "ceph.rook.io/v1", kind: "CephCluster", metadata: { name: "rook-ceph", namespace: "rook-ceph" }, spec };
    expect(validate(cluster, catalogue)).toEqual([]);
    const wrong = { ...cluster, spec: { ...spec, mon: { count: 11 }, cleanupPolicy: { confirmation: "yes-really-destroy-data" }, resources: { osd: { limits: { memory: "4GB" } } } } };
    expect(validate(wrong, catalogue).map(({ path }) => path)).toEqual(["spec.mon.count", "spec.resources.osd.limits.memory", "spec.cleanupPolicy"]);
  });

  test("a GPU policy names every component that the operator requires", () => {
    const on = { enabled: true };
    const spec = { operator: { defaultRuntime: "containerd" }, daemonsets: {}, driver: { enabled: false }, toolkit: on, devicePlugin: on, dcgm: on, dcgmExporter: on, gfd: on, nodeStatusExporter: on };
    const policy = { apiVersion: "nvidia.com/v1", kind: "ClusterPolicy", metadata: { name: "cluster-policy" }, spec };
    expect(validate(policy, catalogue)).toEqual([]);
    expect(lines(validate({ ...policy, spec: { ...spec, toolkit: undefined } }, catalogue))).toEqual(["spec.toolkit: nothing, expected a value: the field is required"]);
  });

  test("a policy of Cilium's has rules, each of which names its peers in one way", () => {
    const policy = (spec: object) => ({ apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "app", namespace: "app" }, spec: { endpointSelector: {}, ...spec } });
    const https = [{ ports: [{ port: "443", protocol: "TCP" }] }];
    expect(validate(policy({ ingress: [{}], egress: [{ toFQDNs: [{ matchName: "example.org" }], toPorts: https }] }), catalogue)).toEqual([]);
    expect(lines(validate(policy({ egress: [{ toEntities: ["nodes"], toCIDRSet: [{ cidr: "192.0.2.0/24" }], toPorts: [{ ports: [{ port: 443 }] }] }, { toFQDNs: [{ matchName: "anything on the web" }] }] }), catalogue))).toEqual([
      'spec.egress[0].toEntities[0]: "nodes", expected one of "host", "remote-node", "kube-apiserver"',
      "spec.egress[0].toPorts[0].ports[0].port: 443, expected a string",
      "spec.egress[0]: 3 fields, expected at most 2",
      expect.stringContaining('spec.egress[1].toFQDNs[0].matchName: "anything on the web"'),
    ]);
    expect(validate(policy({}), catalogue)).toHaveLength(1);
  });
});
