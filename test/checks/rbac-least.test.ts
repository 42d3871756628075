import { rbacLeast } from "../../engine/checks/manifests/rbac-least";
import type { Manifest } from "../../engine/model/manifest";
import { Account, type Permission } from "../../engine/workload/account";
import { place } from "../../engine/model/placement";
import { appOf, builtFrom, builtOf, worldRunning } from "../lab-of";
import { object } from "./objects";

const found = (...permissions: readonly Permission[]) =>
  rbacLeast(builtOf(worldRunning(place(appOf({ build: (chart) => void new Account(chart, "app", { documented: "the app's manual", cluster: permissions }) }))))).map((it) =>
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
      { resources: ["nodes/proxy"], verbs: ["get"] },
      { resources: ["serviceaccounts/token"], verbs: ["create"] },
      { groups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind", "escalate"] },
      { resources: ["users"], verbs: ["impersonate"] },
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
    "reach every kubelet",
    "make tokens of other accounts",
    "give away roles, and give itself permissions",
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
});

test("Secrets of its own namespace, and exact permissions, are fine", () => {
  const app = appOf({
    build: (chart) => void new Account(chart, "app", { documented: "the app's manual", here: [{ resources: ["secrets"], verbs: ["get"] }], bind: ["system:auth-delegator"] }),
  });
  expect(rbacLeast(builtOf(worldRunning(place(app))))).toEqual([]);
});

describe("that a permission is used is documented", () => {
  const rulesOf = (account: object) => rbacLeast(builtOf(worldRunning(place(appOf({ build: (chart) => void new Account(chart, "app", account) }))))).map(({ rule, found: what }) => `${rule}: ${what}`);

  test("a role of which nothing says so is found, with what it allows", () => {
    expect(rulesOf({ here: [{ resources: ["pods"], verbs: ["get", "list"] }] })).toEqual(["rbac-documented: Role/app allows get, list pods, and nothing says that these calls are made"]);
  });

  test("one with a source, or with a reason for each permission, is quiet", () => {
    expect(rulesOf({ documented: "the app's manual", here: [{ resources: ["pods"], verbs: ["get"] }] })).toEqual([]);
    expect(rulesOf({ here: [{ resources: ["pods"], verbs: ["get"], because: "it shows them" }] })).toEqual([]);
  });
});
