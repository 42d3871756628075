import { arrange, isSelected } from "../../tools/control-plane/manifests/lab-output";
import { manifestsIn, type Manifest } from "../../tools/control-plane/manifests/manifest";

function manifest(file: string): Manifest {
  return { file, object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } } };
}

test("what was written is told apart by its place", () => {
  const output = arrange(["dist/crds/op/1.0.0/a.yaml", "dist/forge/ollama/a.yaml", "dist/forge/ollama/b.yaml", "dist/pi/ollama/a.yaml", "argocd/x.yaml"].map(manifest));
  expect(output.definitions.map(({ file }) => file)).toEqual(["dist/crds/op/1.0.0/a.yaml"]);
  expect(output.releases.map(({ cluster, app, manifests }) => [cluster, app, manifests.length])).toEqual([["forge", "ollama", 2], ["pi", "ollama", 1]]);
  expect(output.argocd.map(({ file }) => file)).toEqual(["argocd/x.yaml"]);
});

test.each([
  [{}, true],
  [{ cluster: "forge" }, true],
  [{ cluster: "pi" }, false],
  [{ app: "ollama" }, true],
  [{ cluster: "forge", app: "attic" }, false],
])("of forge/ollama, %j selects: %s", (selection, selected) => {
  expect(isSelected({ cluster: "forge", app: "ollama", manifests: [] }, selection)).toBe(selected);
});

test("a file with one object keeps its text, so that the server judges what is committed", () => {
  const text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
  expect(manifestsIn("a.yaml", text)[0]?.text).toBe(text);
  expect(manifestsIn("a.yaml", `${text}---\n${text}`).map((each) => each.text)).toEqual([undefined, undefined]);
});

test.each([
  ["metadata: {name: a}", "a.yaml: this is no Kubernetes object: apiVersion"],
  ["a: b: c", "a.yaml: "],
])("%s is an error that names the file", (text, message) => {
  expect(() => manifestsIn("a.yaml", text)).toThrow(message);
});
