import { rbacLeast } from "../../engine/checks/manifests/rbac-least";
import type { Manifest } from "../../engine/model/manifest";
import { Account, type Permission } from "../../engine/workload/account";
import { place } from "../../engine/model/placement";
import { appOf, builtFrom, builtOf, worldRunning } from "../lab-of";
import { object } from "./objects";

const found = (...permissions: readonly (Omit<Permission, "because"> & { readonly because?: string })[]) =>
  rbacLeast(builtOf(worldRunning(place(appOf({ build: (chart) => void new Account(chart, "app", { documented: "the app's manual", cluster: permissions.map((it) => ({ because: "", ...it })) }) }))))).map((it) =>
    it.found.replace(/^ClusterRole\/app may (.*) \(.*$/, "$1"),
  );

test("permissions to gain others are found", () => {
  expect(
    found(
      { resources: ["pods"], verbs: ["*"] },
      { resources: ["*"], verbs: ["get"] },
      { groups: ["*"], resources: ["pods"], verbs: ["get"] },
      { urls: ["*"], verbs: ["get"] },
      { resources: ["secrets"], verbs: ["list"] },
      { resources: ["pods/exec"], verbs: ["create"] },
      { resources: ["pods/ephemeralcontainers"], verbs: ["patch"] },
      { resources: ["nodes/proxy"], verbs: ["get"] },
      { resources: ["serviceaccounts/token"], verbs: ["create"] },
      { groups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind", "escalate"] },
      { resources: ["users"], verbs: ["impersonate"] },
      { groups: ["authentication.k8s.io"], resources: ["userextras/scopes"], verbs: ["impersonate"] },
      { groups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"], verbs: ["update"] },
      { groups: ["admissionregistration.k8s.io"], resources: ["mutatingwebhookconfigurations"], verbs: ["patch"] },
      { resources: ["persistentvolumes"], verbs: ["create"] },
      { groups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["create"] },
    ),
  ).toEqual([
    "do anything with it",
    "touch every resource",
    "reach every API group",
    "reach every URL",
    "touch Secrets of the whole cluster",
    "run commands in pods",
    "run commands in pods",
    "reach every kubelet",
    "make tokens of other accounts",
    "give away roles, and give itself permissions",
    "act as somebody else",
    "act as somebody else",
    "sign certificates of anybody",
    "see and change what others send to the API server",
    "mount any path of a node",
    "give its own roles to others",
  ]);
});

test("a reason covers its own permission, and no other of the role", () => {
  const reasoned = { resources: ["secrets"], verbs: ["get"], because: "it copies the CA to every namespace" };
  expect(found(reasoned)).toEqual([]);
  expect(found(reasoned, { resources: ["pods/exec"], verbs: ["create"] })).toHaveLength(1);
});

test("nobody gets cluster-admin, and nothing is given to everybody", () => {
  const binding = (role: string, subject: string): Manifest =>
    object("ClusterRoleBinding", "b", { roleRef: { kind: "ClusterRole", name: role }, subjects: [{ kind: "Group", name: subject }] });
  expect(rbacLeast(builtFrom([binding("cluster-admin", "ops"), binding("view", "system:authenticated")]).built)).toHaveLength(2);
  // They read Secrets and start pods under any account: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
  expect(rbacLeast(builtFrom([binding("edit", "ops"), binding("admin", "ops")]).built).map((it) => it.found)).toEqual(["ClusterRoleBinding/b: it gives edit", "ClusterRoleBinding/b: it gives admin"]);
  expect(rbacLeast(builtFrom([binding("view", "ops")]).built)).toEqual([]);
});

test("Secrets of its own namespace, and exact permissions, are fine", () => {
  const app = appOf({
    build: (chart) => void new Account(chart, "app", { documented: "the app's manual", here: [{ resources: ["secrets"], verbs: ["get"], because: "it reads its own" }], bind: ["system:auth-delegator"] }),
  });
  expect(rbacLeast(builtOf(worldRunning(place(app))))).toEqual([]);
});

describe("what a permission is for is said", () => {
  const said = (annotations: Readonly<Record<string, string>>, ...rules: readonly object[]) =>
    rbacLeast(builtFrom([object("Role", "app", { metadata: { name: "app", namespace: "app", annotations }, rules })]).built).map(({ rule, found: what }) => `${rule}: ${what}`);
  const pods = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] };
  const one = { apiGroups: [""], resources: ["pods"], resourceNames: ["a"], verbs: ["delete"] };

  test("a role of which nobody says so is found, with what it allows", () => {
    expect(said({}, pods)).toEqual(["rbac-documented: Role/app allows get, list pods, and nothing says what for"]);
    expect(said({ "hearth.dev/documented": "the app's manual" }, pods)).toHaveLength(1);
  });

  test("a reason is of one permission, and no other over the same resources", () => {
    expect(said({ "hearth.dev/because": "get, list pods: it shows them" }, pods, one)).toEqual(["rbac-documented: Role/app allows delete pods, and nothing says what for"]);
    expect(said({ "hearth.dev/because": "get, list pods: it shows them\ndelete pods (a): it is over" }, pods, one)).toEqual([]);
  });

  test("an account writes them down itself", () => {
    expect(rbacLeast(builtOf(worldRunning(place(appOf({ build: (chart) => void new Account(chart, "app", { here: [{ resources: ["pods"], verbs: ["get"], because: "it shows them" }] }) })))))).toEqual([]);
  });
});
