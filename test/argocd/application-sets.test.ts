import { fieldOf } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { appOf } from "../lab-of";
import { hubAndSpoke, listOf, pointed, syncedFrom } from "./hub";

const world = hubAndSpoke([place(appOf(), { as: "web" })]);
const output = syncedFrom(world);
const set = pointed(output, "ApplicationSet", "one");
const template = fieldOf(set, "spec", "template");

test("an ApplicationSet deletes no Application when a parameter file disappears, and no objects when it does itself", () => {
  expect(fieldOf(set, "spec", "syncPolicy")).toEqual({ applicationsSync: "create-update", preserveResourcesOnDeletion: true });
});

test("deleting an Application deletes nothing of what it synced", () => {
  expect(fieldOf(template, "metadata", "finalizers")).toBeUndefined();
  expect(fieldOf(pointed(output, "Application", "argocd"), "metadata", "finalizers")).toBeUndefined();
});

test("an ApplicationSet says what its controller would write into it, so that writing it back is no drift", () => {
  expect(fieldOf(listOf(set, "spec", "generators")[0], "git", "template")).toEqual({ metadata: {}, spec: { destination: {}, project: "" } });
});

test("a mistyped parameter is an error, not an Application somewhere else", () => {
  expect(fieldOf(set, "spec", "goTemplateOptions")).toEqual(["missingkey=error"]);
});

test("every parameter that the template reads is in every parameter file, and `path` is left to the generator", () => {
  const read = [...new Set([...JSON.stringify(template).matchAll(/\{\{ \.(\w+)/g)].map(([, key]) => key))].sort();
  for (const parameters of output.parameters.values()) {
    expect(Object.keys(parameters).sort()).toEqual(read);
    expect(parameters).not.toHaveProperty("path");
  }
});

test("adding or changing a release leaves the ApplicationSet as it is", () => {
  const more = syncedFrom(hubAndSpoke([place(appOf({ name: "other" })), place(appOf(), { as: "web", environment: "staging" })]));
  expect(pointed(more, "ApplicationSet", "one")).toEqual(set);
  expect([...more.parameters.keys()]).toContain("argocd/releases/one/other.yaml");
});

test("every Application syncs and heals by itself, never gives up, and retries with the newest commit", () => {
  for (const policy of [fieldOf(template, "spec", "syncPolicy"), fieldOf(pointed(output, "Application", "argocd"), "spec", "syncPolicy")]) {
    expect(fieldOf(policy, "automated", "selfHeal")).toBe(true);
    expect(fieldOf(policy, "retry", "limit")).toBe(-1);
    expect(fieldOf(policy, "retry", "refresh")).toBe(true);
    expect(fieldOf(policy, "automated", "allowEmpty")).toBeUndefined();
  }
  expect(fieldOf(set, "spec", "strategy")).toBeUndefined();
});

test("objects are applied by the API server, so that none is too long for an annotation", () => {
  expect(listOf(template, "spec", "syncPolicy", "syncOptions")).toContain("ServerSideApply=true");
});

test("objects are compared by the API server, so that its defaults are no drift", () => {
  expect(fieldOf(template, "metadata", "annotations", "argocd.argoproj.io/compare-options")).toBe("ServerSideDiff=true");
  expect(fieldOf(template, "spec", "ignoreDifferences")).toBeUndefined();
});

test("the namespace is an object with guards, not a side effect of the sync", () => {
  expect(listOf(template, "spec", "syncPolicy", "syncOptions")).toContain("CreateNamespace=false");
});

test("a cluster that follows a tag takes both its parameters and its folders from there", () => {
  const tagged = pointed(syncedFrom(hubAndSpoke([], { revision: "v7" })), "ApplicationSet", "one");
  expect(fieldOf(listOf(tagged, "spec", "generators")[0], "git", "revision")).toBe("v7");
  expect(fieldOf(tagged, "spec", "template", "spec", "source", "targetRevision")).toBe('{{ .revision | default "v7" }}');
});

test("the hub syncs itself from inside, and spokes by their name", () => {
  expect(fieldOf(template, "spec", "destination", "name")).toBe("one");
  expect(fieldOf(pointed(output, "ApplicationSet", "hub"), "spec", "template", "spec", "destination", "server")).toBe("https://kubernetes.default.svc");
});

test("an object is taken from no other Application, unless the release adopts it", () => {
  const adopting = syncedFrom(hubAndSpoke([place(appOf(), { as: "web", adopt: { namespace: "old" } })]));
  expect(output.parameters.get("argocd/releases/one/web.yaml")).toMatchObject({ exclusive: true, namespace: "web" });
  expect(adopting.parameters.get("argocd/releases/one/web.yaml")).toMatchObject({ exclusive: false, namespace: "old" });
});

test("the fields of whoever wrote an adopted app become Argo CD's own, and nobody's otherwise", () => {
  const adopting = syncedFrom(hubAndSpoke([place(appOf(), { as: "web", adopt: { namespace: "old", writtenBy: "helm" } })]));
  expect(adopting.parameters.get("argocd/releases/one/web.yaml")).toMatchObject({ manager: "helm" });
  expect(output.parameters.get("argocd/releases/one/web.yaml")).toMatchObject({ manager: "" });
  expect(fieldOf(template, "metadata", "annotations", "argocd.argoproj.io/client-side-apply-migration-manager")).toBe("{{ .manager }}");
});

test("an operator's CRDs are an Application of each cluster that needs them, and are never pruned", () => {
  const ours = syncedFrom(hubAndSpoke([place(appOf({ crds: ["cert-manager"] }))])).parameters.get("argocd/releases/one/crds-cert-manager.yaml");
  expect(ours).toMatchObject({ folder: expect.stringMatching(/^dist\/crds\/cert-manager\/[\d.]+$/), repository: "", prune: false });
});

test("a folder that is not pruned is guarded against its Application's deletion as well", () => {
  expect(listOf(template, "spec", "syncPolicy", "syncOptions")).toEqual(expect.arrayContaining(["Prune={{ .prune }}", "Delete={{ .prune }}"]));
});

test("CRDs that are not to be generated come from the operator's own release tag, from files that hold nothing else", () => {
  const rook = syncedFrom(hubAndSpoke([place(appOf({ crds: ["rook"] }))])).parameters.get("argocd/releases/one/crds-rook.yaml");
  expect(rook).toMatchObject({ repository: "https://github.com/rook/rook", revision: expect.stringMatching(/^v\d/), include: "crds.yaml", prune: false });
});

test("the root Application keeps projects and ApplicationSets in step, and reads no parameter file as an object", () => {
  const source = fieldOf(pointed(output, "Application", "argocd"), "spec", "source");
  expect(source).toMatchObject({ path: "argocd", directory: { recurse: true, include: "{applicationsets,bootstrap,projects}/*" } });
  const folders = [...output.folders.keys()].filter((folder) => folder.startsWith("argocd/"));
  expect(folders.sort()).toEqual(["argocd/applicationsets", "argocd/bootstrap", "argocd/projects"]);
});
