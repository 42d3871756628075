import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crdText, textFileOf } from "../../engine/crds";
import type { KubernetesSchemas } from "../../engine/schema/built-in-kinds";
import { patternOf } from "../../engine/schema/formats";
import type { JsonSchema } from "../../engine/schema/json-schema";
import { validate } from "../../engine/schema/validate";
import { importedOperators, type ImportedOperator } from "../../imports/operators";
import type { ClosedKind } from "../../tools/crds/closed/closed-kind";
import type { Crd } from "../../tools/crds/crd";
import { operators } from "../../tools/crds/operators";
import { everything, importsDir, lines } from "./fixtures";

const kubernetesFile = join(importsDir, "schemas", "kubernetes-1.36.json");
const kubernetes: KubernetesSchemas = JSON.parse(readFileSync(kubernetesFile, "utf8"));
const isGenerated = ({ source, broughtBy }: ImportedOperator): boolean => source === undefined && broughtBy === undefined;
const kinds = importedOperators.flatMap((operator) => operator.kinds.map((kind) => ({ operator, kind, name: `${operator.name} ${kind.kind}` })));

test("the built-in kinds are those that a manifest may hold, with their scope", () => {
  const names = kubernetes.kinds.map(({ apiVersion, kind, namespaced }) => `${apiVersion} ${kind}${namespaced ? "" : ", cluster-wide"}`);
  expect(names).toEqual([
    "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy, cluster-wide",
    "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding, cluster-wide",
    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration, cluster-wide",
    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy, cluster-wide",
    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding, cluster-wide",
    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration, cluster-wide",
    "apiextensions.k8s.io/v1 CustomResourceDefinition, cluster-wide",
    "apiregistration.k8s.io/v1 APIService, cluster-wide",
    "apps/v1 DaemonSet",
    "apps/v1 Deployment",
    "apps/v1 StatefulSet",
    "autoscaling/v1 HorizontalPodAutoscaler",
    "autoscaling/v2 HorizontalPodAutoscaler",
    "batch/v1 CronJob",
    "batch/v1 Job",
    "discovery.k8s.io/v1 EndpointSlice",
    "flowcontrol.apiserver.k8s.io/v1 FlowSchema, cluster-wide",
    "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration, cluster-wide",
    "networking.k8s.io/v1 Ingress",
    "networking.k8s.io/v1 IngressClass, cluster-wide",
    "networking.k8s.io/v1 NetworkPolicy",
    "networking.k8s.io/v1 ServiceCIDR, cluster-wide",
    "node.k8s.io/v1 RuntimeClass, cluster-wide",
    "policy/v1 PodDisruptionBudget",
    "rbac.authorization.k8s.io/v1 ClusterRole, cluster-wide",
    "rbac.authorization.k8s.io/v1 ClusterRoleBinding, cluster-wide",
    "rbac.authorization.k8s.io/v1 Role",
    "rbac.authorization.k8s.io/v1 RoleBinding",
    "resource.k8s.io/v1 DeviceClass, cluster-wide",
    "resource.k8s.io/v1 ResourceClaim",
    "resource.k8s.io/v1 ResourceClaimTemplate",
    "scheduling.k8s.io/v1 PriorityClass, cluster-wide",
    "storage.k8s.io/v1 CSIDriver, cluster-wide",
    "storage.k8s.io/v1 StorageClass, cluster-wide",
    "storage.k8s.io/v1 VolumeAttributesClass, cluster-wide",
    "v1 ConfigMap",
    "v1 Endpoints",
    "v1 LimitRange",
    "v1 Namespace, cluster-wide",
    "v1 PersistentVolume, cluster-wide",
    "v1 PersistentVolumeClaim",
    "v1 Pod",
    "v1 ResourceQuota",
    "v1 Secret",
    "v1 Service",
    "v1 ServiceAccount",
  ]);
});

test("the schemas of the built-in kinds are small enough to parse at every synth", () => {
  expect(statSync(kubernetesFile).size).toBeLessThan(200_000);
});

test("every definition is there and every pattern is one that JavaScript reads", () => {
  const used = [...Object.values(kubernetes.definitions), ...kinds.flatMap(({ kind }) => schemasOf(kind.file))].flatMap(within);
  const missing = used.filter(({ $ref }) => $ref !== undefined && kubernetes.definitions[$ref] === undefined);
  expect(missing).toEqual([]);
  used.forEach(({ pattern }) => patternOf(pattern ?? ""));
});

test("no schema keeps its descriptions", () => {
  const described = kinds.filter(({ kind }) => schemasOf(kind.file).flatMap(within).some((schema) => "description" in schema));
  expect(described.map(({ name }) => name)).toEqual([]);
});

test.each(kinds.filter(({ operator }) => isGenerated(operator)))("$name is defined as the table says", ({ kind }) => {
  const crd: Crd = JSON.parse(readFileSync(join(importsDir, kind.file), "utf8"));
  const { group, names, scope, versions } = crd.spec;
  expect(crd.metadata.name).toBe(`${kind.plural}.${kind.group}`);
  expect({ group, kind: names.kind, namespaced: scope === "Namespaced" }).toEqual({ group: kind.group, kind: kind.kind, namespaced: kind.namespaced });
  expect(versions.filter(({ served }) => served).map(({ name }) => name)).toEqual(kind.versions);
});

test("every CRD is itself a valid object", () => {
  const catalogue = everything();
  const ours = kinds.filter(({ operator }) => isGenerated(operator));
  const found = ours.flatMap(({ kind }) => lines(validate(JSON.parse(readFileSync(join(importsDir, kind.file), "utf8")), catalogue)));
  expect(found).toEqual([]);
});

test.each(operators.filter((operator) => "module" in operator))("$name is imported at the version that its module pins", ({ name, ...operator }) => {
  const pins = readFileSync(join(__dirname, "..", "..", "tools", "crds", name, "go.mod"), "utf8").split("\n");
  const pinned = pins.map((line) => line.trim().replace("require ", "").split(" ")).find(([module]) => module === operator.module)?.[1];
  const version = operator.version ?? pinned?.replace("v", "");
  expect(importedOperators.filter((imported) => imported.name === name).map((imported) => imported.version)).toEqual([version]);
});

test("an operator whose CRDs come from its repository says which tag, which files and why", () => {
  const upstream = importedOperators.flatMap(({ name, version, source }) => (source === undefined ? [] : [{ name, version, source }]));
  expect(upstream.map(({ name }) => name)).toEqual(["external-secrets", "rook", "gpu-operator"]);
  for (const { version, source } of upstream) {
    expect(source.targetRevision).toBe(`v${version}`);
    expect(source.because).not.toBe("");
  }
});

test("whose CRDs a cluster has by itself says who brings them", () => {
  expect(importedOperators.flatMap(({ name, broughtBy }) => (broughtBy === undefined ? [] : [`${name}: ${broughtBy.split(",")[0]}`]))).toEqual(["cilium: cilium-operator"]);
});

test("MetalLB's peers are converted by its webhook, which waits for this very field", () => {
  const crd: Crd = JSON.parse(readFileSync(join(importsDir, "crds", "metallb", "0.16.2", "bgppeers.metallb.io.json"), "utf8"));
  expect(crd.spec.conversion).toMatchObject({ strategy: "Webhook", webhook: { clientConfig: { service: { name: "metallb-controller" } } } });
});

function schemasOf(file: string): readonly JsonSchema[] {
  const read: Crd | ClosedKind = JSON.parse(readFileSync(join(importsDir, file), "utf8"));
  return "schema" in read ? [read.schema] : read.spec.versions.map(({ schema }) => schema.openAPIV3Schema);
}

function within(schema: JsonSchema): readonly JsonSchema[] {
  const { properties = {}, items, additionalProperties, allOf = [], anyOf = [], oneOf = [], not } = schema;
  const inner = [...Object.values(properties), ...allOf, ...anyOf, ...oneOf];
  if (items !== undefined) inner.push(items);
  if (not !== undefined) inner.push(not);
  if (typeof additionalProperties === "object") inner.push(additionalProperties);
  return [schema, ...inner.flatMap(within)];
}

test("the text of each CRD says what its definition says, guarded", () => {
  const generated = importedOperators.filter(isGenerated).flatMap(({ kinds: own }) => own);
  expect(generated.length).toBeGreaterThan(0);
  const wrong = generated.filter(({ file }) => readFileSync(join(importsDir, textFileOf(file)), "utf8") !== crdText(JSON.parse(readFileSync(join(importsDir, file), "utf8"))));
  expect(wrong.map(({ file }) => file)).toEqual([]);
});
