import * as fc from "fast-check";
import { fileNameOf } from "../../engine/emit/file-name";
import { HEADER } from "../../engine/emit/header";
import { layout } from "../../engine/emit/layout";
import { isSafePath } from "../../engine/emit/tree";
import type { Manifest } from "../../engine/model/manifest";
import { refusalOf } from "./refusal-of";

const manifest = (apiVersion: string, kind: string, name: string, namespace?: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

test.each<[Manifest, string]>([
  [manifest("apps/v1", "Deployment", "ollama", "llm"), "deployment.ollama.yaml"],
  [manifest("v1", "Namespace", "llm"), "namespace.llm.yaml"],
  [manifest("velero.io/v1", "Backup", "nightly", "llm"), "backup_velero.nightly.yaml"],
  [manifest("postgresql.cnpg.io/v1", "Backup", "nightly", "llm"), "backup_postgresql.nightly.yaml"],
  [manifest("rbac.authorization.k8s.io/v1", "RoleBinding", "reader", "kube-system"), "rolebinding.kube-system_reader.yaml"],
  [manifest("rbac.authorization.k8s.io/v1", "ClusterRole", "system:auth-delegator"), "clusterrole.system-auth-delegator__39ed873ece.yaml"],
  [manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", "pools.metallb.io"), "customresourcedefinition.pools.metallb.io.yaml"],
])("%j of a release in llm is the file %s", (object, file) => {
  expect(fileNameOf(object, "llm")).toBe(file);
});

test("a file begins with the header and holds the object in canonical order", () => {
  const tree = layout("dist/forge/ollama", "llm", [{ spec: {}, ...manifest("v1", "Service", "ollama", "llm") }]);
  const text = `${HEADER}\napiVersion: v1\nkind: Service\nmetadata:\n  name: ollama\n  namespace: llm\nspec: {}\n`;
  expect([...tree]).toEqual([["dist/forge/ollama/service.ollama.yaml", text]]);
});

test("an object that is written twice is refused, naming both", () => {
  const twice = [manifest("v1", "Service", "x", "llm"), manifest("v1", "Service", "x")];
  const [finding] = refusalOf(() => layout("dist/a/b", "llm", twice)).findings;
  expect(finding).toMatchObject({ address: "dist/a/b/service.x.yaml", found: "written by Service llm/x (v1) and by Service llm/x (v1)" });
});

test("objects whose groups share their first label are refused, not written over each other", () => {
  const both = [manifest("monitoring.coreos.com/v1", "ServiceMonitor", "x"), manifest("monitoring.rhobs/v1", "ServiceMonitor", "x")];
  expect(refusalOf(() => layout("d", "llm", both)).message).toMatch(/coreos.*rhobs/);
});

test("what is no plain data is refused with its file and its place in it", () => {
  const object = { ...manifest("v1", "ConfigMap", "x"), data: { a: NaN } };
  expect(refusalOf(() => layout("d", "llm", [object])).findings[0]?.address).toBe("d/configmap.x.yaml: data.a");
});

const label = fc.constantFrom("a", "b", "kube-system", "service", "a-b");
const name = fc.oneof(
  fc.array(fc.constantFrom("a", "b", "A", ".", "-", "_", "__", ":", "kube-system", "*", "é", " "), { minLength: 1, maxLength: 5 }).map((parts) => parts.join("")),
  fc.constantFrom("x".repeat(253), `${"x".repeat(252)}y`),
);
const identity = fc.record({
  apiVersion: fc.constantFrom("v1", "apps/v1", "serving.io/v1", "velero.io/v1", "rbac.authorization.k8s.io/v1"),
  kind: fc.constantFrom("Service", "Backup", "Deployment"),
  metadata: fc.record({ name, namespace: fc.option(label, { nil: undefined }) }, { requiredKeys: ["name"] }),
});
/** Built-in groups never share a kind, so the property leaves out what the API server has not. */
const keyOf = ({ apiVersion, kind, metadata }: Manifest): string =>
  [["v1", "apps/v1", "rbac.authorization.k8s.io/v1"].includes(apiVersion) ? "" : apiVersion, kind, metadata.namespace ?? "a", metadata.name].join(" / ");

test("two objects never share a file, not even where case does not count", () => {
  fc.assert(
    fc.property(fc.array(identity, { minLength: 2, maxLength: 30 }), (identities) => {
      const manifests = identities.map(({ metadata: { name, namespace }, apiVersion, kind }) => manifest(apiVersion, kind, name, namespace));
      const files = new Map(manifests.map((it) => [keyOf(it), fileNameOf(it, "a").toLowerCase()]));
      expect(new Set(files.values()).size).toBe(files.size);
    }),
    { numRuns: 2000 },
  );
});

test("every file name is safe: short, lower case, nothing that a file system folds", () => {
  fc.assert(
    fc.property(identity, ({ metadata: { name, namespace }, apiVersion, kind }) => {
      const file = fileNameOf(manifest(apiVersion, kind, name, namespace), "a");
      expect(file).toMatch(/^[a-z0-9._-]{1,200}$/);
      expect(isSafePath(file)).toBe(true);
    }),
  );
});
