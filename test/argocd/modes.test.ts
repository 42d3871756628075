import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { appOf } from "../lab-of";
import { argoCd, pointed, syncedBy, syncedFrom } from "./hub";

const app = place(appOf());
const names = (output: ReturnType<typeof syncedFrom>) => [...output.folders].flatMap(([, { manifests }]) => manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`));

test("hub: one Argo CD has every cluster's ApplicationSet and project", () => {
  const output = syncedFrom(syncedBy({ mode: "hub", hub: "hub" }, [argoCd], [app]));
  expect(names(output)).toEqual(expect.arrayContaining(["ApplicationSet/hub", "ApplicationSet/one", "AppProject/hub", "AppProject/one", "Application/argocd"]));
  expect(fieldOf(pointed(output, "ApplicationSet", "one"), "metadata", "namespace")).toBe("argocd");
});

test("perCluster: each Argo CD has its own cluster only, from a folder of its own, and no token of anybody", () => {
  const output = syncedFrom(syncedBy({ mode: "perCluster" }, [argoCd], [argoCd, app]));
  const sets = (cluster: string) => output.folders.get(`argocd/clusters/${cluster}/applicationsets`)?.manifests ?? [];
  expect(sets("hub").map(({ metadata }) => metadata.name)).toEqual(["hub"]);
  expect(sets("one").map((set) => fieldOf(set, "spec", "template", "spec", "destination", "server"))).toEqual(["https://kubernetes.default.svc"]);
  expect(output.folders.get("argocd/clusters/one/applicationsets")?.cluster).toBe("one");
  expect(names(output).filter((name) => name.startsWith("Secret/") || name.startsWith("ServiceAccount/"))).toEqual([]);
  const roots = ["hub", "one"].map((cluster) => output.folders.get(`argocd/clusters/${cluster}/bootstrap`)?.manifests[0]);
  expect(roots.map((root) => fieldOf(root, "spec", "source", "path"))).toEqual(["argocd/clusters/hub", "argocd/clusters/one"]);
});

describe("existing", () => {
  const output = syncedFrom(syncedBy({ mode: "existing", hub: "hub", namespace: "gitops" }, [], [app]));

  test("in the foreign namespace stand only projects, ApplicationSets and one Application, all named after the lab", () => {
    const foreign = [...output.folders.values()].flatMap(({ manifests }) => manifests).filter(({ metadata }) => metadata.namespace === "gitops");
    expect([...new Set(foreign.map(({ kind }) => kind))].sort()).toEqual(["AppProject", "Application", "ApplicationSet"]);
    expect(foreign.map(({ metadata }) => metadata.name).filter((name) => !name.startsWith("test-"))).toEqual([]);
    expect([...output.parameters.values()].map(({ application }) => application).filter((name) => !name.startsWith("test-"))).toEqual([]);
  });

  test("its git settings are not ours, and so it is told of no folders: every commit makes it look at all of ours", () => {
    const folders = (set: Manifest) => fieldOf(set, "spec", "template", "metadata", "annotations", "argocd.argoproj.io/manifest-generate-paths");
    expect(folders(pointed(output, "ApplicationSet", "test-one"))).toBeUndefined();
    expect(folders(pointed(syncedFrom(syncedBy({ mode: "hub", hub: "hub" }, [argoCd], [app])), "ApplicationSet", "one"))).toBe(".");
  });

  test("its default project, its configuration and its rights on clusters stay as they are", () => {
    expect(names(output)).not.toContain("AppProject/default");
    expect(names(output).filter((name) => /^(ConfigMap|Secret|ServiceAccount|ClusterRole|ClusterRoleBinding|Namespace)\//.test(name))).toEqual([]);
    expect([...output.folders.keys()].filter((folder) => folder.endsWith("argocd-manager"))).toEqual([]);
  });

  test("pods still find the priority classes that they name", () => {
    expect(output.folders.get("dist/one/priority-classes")?.manifests.map(({ metadata }) => metadata.name)).toEqual(["lab-node", "lab-platform", "lab-service", "lab-batch"]);
  });
});
