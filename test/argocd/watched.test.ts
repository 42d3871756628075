import { load } from "js-yaml";
import { fieldOf } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { resourceOf } from "../../engine/kinds/kind";
import { appOf } from "../lab-of";
import { hubAndSpoke, listOf, objectOf, syncedFrom } from "./hub";

const output = syncedFrom(hubAndSpoke([place(appOf())]));
const inclusions = load(String(fieldOf(objectOf(output, "hub/argocd", "ConfigMap"), "data", "resource.inclusions")));
const included = (server: string) =>
  (Array.isArray(inclusions) ? inclusions : []).filter((line) => listOf(line, "clusters").includes(server)).flatMap((line) => listOf(line, "kinds").map((kind) => ({ group: String(listOf(line, "apiGroups")[0]), kind: String(kind) })));

test("on its own cluster Argo CD is told by both names that it uses: the one in git, and the address it connects to", () => {
  expect(included("https://10.43.0.1:443")).toEqual(included("https://kubernetes.default.svc"));
});

test("Argo CD watches kinds on each cluster by the address it knows it by", () => {
  expect(included("https://kubernetes.default.svc")).toContainEqual({ group: "argoproj.io", kind: "ApplicationSet" });
  expect(included("https://192.168.40.11:6443")).toContainEqual({ group: "apps", kind: "Deployment" });
  expect(included("https://192.168.40.11:6443")).not.toContainEqual({ group: "argoproj.io", kind: "ApplicationSet" });
});

test("clusters that have the same share a line: the list grows by an address for each, and not by the kinds", () => {
  const lines = (Array.isArray(inclusions) ? inclusions : []).filter((line) => listOf(line, "apiGroups").includes("apps"));
  expect(lines.map((line) => listOf(line, "clusters").length)).toEqual([3]);
});

test.each([
  ["hub", "https://kubernetes.default.svc"],
  ["one", "https://192.168.40.11:6443"],
])("on %s it watches nothing that its roles do not let it list", (cluster, server) => {
  const roles = (output.folders.get(`dist/${cluster}/argocd-manager`)?.manifests ?? []).filter(({ kind }) => kind === "ClusterRole");
  const listable = new Set(
    roles.flatMap((role) => listOf(role, "rules")).flatMap((rule) => (listOf(rule, "verbs").includes("watch") ? listOf(rule, "apiGroups").flatMap((group) => listOf(rule, "resources").map((resource) => `${String(group)}/${String(resource)}`)) : [])),
  );
  expect(included(server).length).toBeGreaterThan(10);
  expect(included(server).filter((kind) => !listable.has(`${kind.group}/${resourceOf(kind)}`))).toEqual([]);
});
