import { validate } from "../../engine/schema/validate";
import { everything, lines } from "./fixtures";

const catalogue = everything();

function configMap(metadata: object): readonly string[] {
  return lines(validate({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "ollama", ...metadata } }, catalogue));
}

function named(apiVersion: string, kind: string, name: string, more: object): readonly string[] {
  return validate({ apiVersion, kind, metadata: { name }, ...more }, catalogue).map(({ path }) => path);
}

const service = { spec: { ports: [{ port: 80 }] } };

test("an object needs a name, or a generated one", () => {
  expect(configMap({ name: undefined })).toEqual(["metadata.name: nothing, expected a name"]);
  expect(configMap({ name: undefined, generateName: "settings-" })).toEqual([]);
});

test("most names are DNS subdomains", () => {
  expect(configMap({ name: "kube-root-ca.crt" })).toEqual([]);
  expect(configMap({ name: "Settings" })[0]).toMatch(/^metadata\.name: "Settings", expected a DNS subdomain/);
  expect(configMap({ name: "a".repeat(254) })).toHaveLength(1);
});

test("a Service's name is a DNS label, since it becomes one", () => {
  expect(named("v1", "Service", "ollama", service)).toEqual([]);
  expect(named("v1", "Service", "ollama.http", service)).toEqual(["metadata.name"]);
  expect(named("v1", "Service", "a".repeat(64), service)).toEqual(["metadata.name"]);
});

test("a role's name may hold a colon, but no slash", () => {
  expect(named("rbac.authorization.k8s.io/v1", "ClusterRole", "system:auth-delegator", { rules: [] })).toEqual([]);
  expect(named("rbac.authorization.k8s.io/v1", "ClusterRole", "system/auth", { rules: [] })).toEqual(["metadata.name"]);
  expect(named("rbac.authorization.k8s.io/v1", "ClusterRole", "", { rules: [] })).toEqual(["metadata.name"]);
});

test("only what lives in a namespace names one", () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "ollama", namespace: "ollama" } };
  expect(lines(validate(namespace, catalogue))).toEqual(['metadata.namespace: "ollama", expected no namespace: a Namespace belongs to the whole cluster']);
  expect(configMap({ namespace: "Ollama" })[0]).toMatch(/^metadata\.namespace: "Ollama", expected a DNS label/);
});

test("labels are short and plain, annotations may say anything", () => {
  expect(configMap({ labels: { "app.kubernetes.io/name": "open-webui", tier: "" } })).toEqual([]);
  expect(configMap({ labels: { tier: "front end" } })[0]).toMatch(/^metadata\.labels\.tier: "front end"/);
  expect(configMap({ labels: { tier: "a".repeat(64) } })).toHaveLength(1);
  expect(configMap({ labels: { tier: 1 } })).toEqual(["metadata.labels.tier: 1, expected a string"]);
  expect(configMap({ annotations: { why: "front end, with spaces" } })).toEqual([]);
  expect(configMap({ annotations: { replicas: 1 } })).toEqual(["metadata.annotations.replicas: 1, expected a string"]);
});

test("keys of labels and annotations have one optional prefix", () => {
  expect(configMap({ annotations: { "Argocd.argoproj.io/sync-options": "Prune=false" } })).toEqual([]);
  expect(configMap({ annotations: { "a/b/c": "" } })).toHaveLength(1);
  expect(configMap({ labels: { "Example.com/tier": "x" } })).toHaveLength(1);
  expect(configMap({ labels: { "": "x" } })).toHaveLength(1);
});

test("annotations have 256 KiB together", () => {
  expect(configMap({ annotations: { a: "x".repeat(256 * 1024 - 1) } })).toEqual([]);
  expect(configMap({ annotations: { a: "x".repeat(256 * 1024) } })).toEqual(["metadata.annotations: 262145 bytes of annotations, expected at most 262144"]);
});

test("a selector's labels are labels", () => {
  const policy = (value: string) => ({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "p" }, spec: { podSelector: { matchLabels: { app: value } } } });
  expect(validate(policy("ollama"), catalogue)).toEqual([]);
  expect(validate(policy("not a label"), catalogue).map(({ path }) => path)).toEqual(["spec.podSelector.matchLabels.app"]);
});
