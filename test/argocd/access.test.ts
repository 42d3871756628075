import { KubeIngressClass } from "cdk8s-plus-30/lib/imports/k8s";
import { reasonFor, ruleOf } from "../../engine/checks/manifests/rbac-least";
import type { Manifest } from "../../engine/model/manifest";
import { fieldOf } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { Account } from "../../engine/workload/account";
import { appOf } from "../lab-of";
import { hubAndSpoke, listOf, syncedFrom, syncOptions } from "./hub";

const operator = appOf({
  name: "operator",
  build: (chart) => {
    new Account(chart, "operator", { cluster: [{ resources: ["nodes"], verbs: ["list"], because: "it counts them" }], here: [{ resources: ["secrets"], verbs: ["get"], because: "it reads its certificate" }], bind: ["system:auth-delegator"] });
    new KubeIngressClass(chart, "class", { metadata: { name: "operated" }, spec: { controller: "example.org/operated" } });
  },
});
const output = syncedFrom(hubAndSpoke([place(operator)]));
const on = (cluster: string) => output.folders.get(`dist/${cluster}/argocd-manager`)?.manifests ?? [];
const find = (cluster: string, kind: string, name: string) => on(cluster).find((it) => it.kind === kind && it.metadata.name === name);
const rulesOf = (role: Manifest | undefined) =>
  listOf(role, "rules").map((rule) => ({ groups: listOf(rule, "apiGroups"), resources: listOf(rule, "resources"), names: listOf(rule, "resourceNames"), verbs: listOf(rule, "verbs") }));
const manager = rulesOf(find("one", "ClusterRole", "argocd-manager"));
const verbsOf = (resource: string) => manager.filter((rule) => rule.resources.includes(resource)).flatMap((rule) => (rule.names.length ? [] : rule.verbs));

test("on a spoke Argo CD has an account of its own, and a token that Kubernetes fills in", () => {
  expect(find("one", "ServiceAccount", "argocd-manager")?.metadata.namespace).toBe("argocd-manager");
  const token = find("one", "Secret", "argocd-manager-token");
  expect(token).toMatchObject({ type: "kubernetes.io/service-account-token", metadata: { annotations: { "kubernetes.io/service-account.name": "argocd-manager" } } });
  expect(token).not.toHaveProperty("data");
});

test("the token is left to the owner: syncing it would mean reading every Secret of the cluster", () => {
  expect(output.parameters.get("argocd/releases/one/argocd-manager.yaml")?.exclude).toBe("secret.*");
  expect(manager.flatMap((rule) => rule.resources)).not.toContain("secrets");
});

test("on the hub it works under its own accounts: one that syncs, one that only looks", () => {
  const subjects = (name: string) => listOf(find("hub", "ClusterRoleBinding", name), "subjects").map((subject) => `${String(fieldOf(subject, "namespace"))}/${String(fieldOf(subject, "name"))}`);
  expect(subjects("argocd-manager")).toEqual(["argocd/argocd-application-controller"]);
  expect(subjects("argocd-viewer")).toEqual(["argocd/argocd-application-controller", "argocd/argocd-server"]);
  expect(on("hub").map(({ kind }) => kind)).not.toContain("ServiceAccount");
});

test("it may change exactly the kinds that releases consist of", () => {
  expect(verbsOf("deployments")).toEqual(["get", "list", "watch", "create", "update", "patch", "delete"]);
  expect(manager.flatMap((rule) => [...rule.groups, ...rule.resources, ...rule.verbs])).not.toContain("*");
  expect(verbsOf("nodes")).toEqual([]);
});

test("it may delete no namespace and no CRD, whatever a folder says", () => {
  expect(verbsOf("namespaces")).toContain("patch");
  expect(verbsOf("namespaces")).not.toContain("delete");
  expect(verbsOf("customresourcedefinitions")).not.toContain("delete");
});

test("it may only look at what controllers make", () => {
  const looks = rulesOf(find("one", "ClusterRole", "argocd-viewer"));
  const pods = looks.filter((rule) => rule.resources.some((resource) => String(resource).startsWith("pods")));
  expect([...new Set(pods.flatMap((rule) => rule.verbs))].sort()).toEqual(["get", "list", "watch"]);
  expect(verbsOf("pods")).toEqual([]);
});

test("roles are passed on by name alone", () => {
  const passing = manager.filter((rule) => rule.verbs.includes("escalate") || rule.verbs.includes("bind"));
  expect(passing.map(({ resources, names, verbs }) => [verbs[0], resources[0], ...names].join(" "))).toEqual([
    "escalate clusterroles argocd-manager argocd-viewer operator",
    "escalate roles operator",
    "bind clusterroles argocd-manager argocd-viewer operator system:auth-delegator",
    "bind roles operator",
  ]);
});

test.each(["argocd-manager", "argocd-viewer"])("every permission of %s says what for", (name) => {
  for (const cluster of ["hub", "one"]) {
    const role = find(cluster, "ClusterRole", name);
    if (!role) throw new Error(`${cluster} has no ${name}`);
    const rules = listOf(role, "rules").map(ruleOf);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => reasonFor(role, rule) === undefined)).toEqual([]);
  }
});

test("a kind that only some releases bring names them", () => {
  const reasons = find("one", "ClusterRole", "argocd-manager")?.metadata.annotations?.["hearth.dev/because"]?.split("\n") ?? [];
  expect(reasons.filter((line) => line.includes("ingressclasses"))).toEqual(["get, list, watch, create, update, patch, delete ingressclasses: brought by operator"]);
  expect(reasons.filter((line) => line.includes(" deployments"))).toEqual(["get, list, watch, create, update, patch, delete daemonsets, deployments, statefulsets: any release may bring these"]);
});

test("its access is never pruned", () => {
  expect([...on("hub"), ...on("one")].map(syncOptions)).toEqual([...on("hub"), ...on("one")].map(() => ["Delete=false", "Prune=false"]));
});
