import { rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { fieldOf } from "../../engine/model/manifest";
import { ApiObject } from "cdk8s";
import { appOf } from "../lab-of";
import { hubAndSpoke, listOf, pointed, syncedFrom } from "./hub";

const storing = appOf({ needs: { stores: { data: rebuildable("1Gi") } } });
const output = syncedFrom(hubAndSpoke([place(storing), place(appOf({ crds: ["rook"] }), { as: "storage" })]));
const project = pointed(output, "AppProject", "one");

test("a cluster's project is closed to the lab's repository and those of CRDs that the cluster needs", () => {
  expect(listOf(project, "spec", "sourceRepos")).toEqual(["https://git.test.example/lab.git", "https://github.com/rook/rook"]);
  expect(listOf(pointed(output, "AppProject", "hub"), "spec", "sourceRepos")).toEqual(["https://git.test.example/lab.git"]);
});

test("it is closed to its cluster and the namespaces of its releases", () => {
  expect(listOf(project, "spec", "destinations")).toEqual(["app", "argocd-manager", "storage"].map((namespace) => ({ name: "one", namespace })));
});

test("it is closed to kinds, without a wildcard anywhere", () => {
  expect(JSON.stringify(project)).not.toContain('"*"');
  const kinds = listOf(project, "spec", "namespaceResourceWhitelist").map((item) => fieldOf(item, "kind"));
  expect(kinds).toContain("PersistentVolumeClaim");
  expect(kinds).not.toContain("Secret");
});

test("a kind is permitted where a release writes it, and nowhere else", () => {
  const issuer = appOf({ crds: ["cert-manager"], build: (chart) => void new ApiObject(chart, "issuer", { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "ca" } }) });
  const issuing = syncedFrom(hubAndSpoke([place(issuer)]));
  const clusterKinds = (name: string) => listOf(pointed(issuing, "AppProject", name), "spec", "clusterResourceWhitelist").map((item) => fieldOf(item, "kind"));
  expect(clusterKinds("one")).toContain("ClusterIssuer");
  expect(clusterKinds("hub")).not.toContain("ClusterIssuer");
});

test("what Argo CD needs to show a Deployment's pods is permitted", () => {
  const kinds = listOf(project, "spec", "namespaceResourceWhitelist").map((item) => fieldOf(item, "kind"));
  expect(kinds).toEqual(expect.arrayContaining(["Pod", "ReplicaSet"]));
});

test("the default project, which every Argo CD has, permits nothing", () => {
  expect(fieldOf(pointed(output, "AppProject", "default"), "spec")).toMatchObject({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
});

test("the root project permits Argo CD's own objects in its own namespace, and nothing else", () => {
  const root = pointed(output, "AppProject", "argocd");
  expect(listOf(root, "spec", "destinations")).toEqual([{ server: "https://kubernetes.default.svc", namespace: "argocd" }]);
  expect(fieldOf(root, "spec", "clusterResourceWhitelist")).toBeUndefined();
  expect(listOf(root, "spec", "namespaceResourceWhitelist").map((item) => fieldOf(item, "group"))).toEqual(["argoproj.io", "argoproj.io", "argoproj.io"]);
});
