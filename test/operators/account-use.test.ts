import type { AuditEvent } from "../../tools/control-plane/assertions/audit-log";
import { accountUse } from "../../tools/operators/rbac/account-use";
import { askedBy } from "../../tools/operators/rbac/asked";
import { grantedTo } from "../../tools/operators/rbac/granted";

const account = { namespace: "web", name: "server" };
const username = "system:serviceaccount:web:server";
const rbac = "rbac.authorization.k8s.io/v1";
const subjects = [{ kind: "ServiceAccount", ...account }];

const roles = [
  { apiVersion: rbac, kind: "ClusterRole", metadata: { name: "server" }, rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list", "watch"] }, { nonResourceURLs: ["/metrics"], verbs: ["get"] }] },
  { apiVersion: rbac, kind: "ClusterRoleBinding", metadata: { name: "server" }, roleRef: { kind: "ClusterRole", name: "server" }, subjects },
  { apiVersion: rbac, kind: "Role", metadata: { name: "server", namespace: "web" }, rules: [{ apiGroups: ["apps"], resources: ["deployments/status"], resourceNames: ["one"], verbs: ["update"] }] },
  { apiVersion: rbac, kind: "RoleBinding", metadata: { name: "server", namespace: "web" }, roleRef: { kind: "Role", name: "server" }, subjects },
  { apiVersion: rbac, kind: "RoleBinding", metadata: { name: "others", namespace: "web" }, roleRef: { kind: "Role", name: "server" }, subjects: [{ kind: "ServiceAccount", namespace: "other", name: "server" }] },
];

const request = (event: Partial<AuditEvent>, code = 200): AuditEvent => ({ verb: "get", user: { username }, requestURI: "/x", responseStatus: { code, message: "no" }, ...event });
const secrets = { resource: "secrets", namespace: "web" };

function use(...events: AuditEvent[]): ReturnType<typeof accountUse> {
  return accountUse(account, grantedTo(account, roles), askedBy(account, events), [{ permission: { resource: "events" }, because: "an older version" }]);
}

test("what is granted and asked for is used, the rest is not", () => {
  const { used, unused, denied } = use(request({ verb: "list", objectRef: secrets }), request({ requestURI: "/metrics?x=1" }));
  expect(used).toEqual(["get /metrics", "list secrets"]);
  expect(unused).toEqual(["update deployments.apps/status (one) in web", "watch secrets"]);
  expect(denied).toEqual([]);
});

test("who may watch must be able to list, too", () => {
  expect(use(request({ verb: "watch", objectRef: secrets })).used).toEqual(["list secrets", "watch secrets"]);
});

test("a role with a name covers only that object", () => {
  const status = (name: string): AuditEvent => request({ verb: "update", objectRef: { resource: "deployments", subresource: "status", apiGroup: "apps", namespace: "web", name } });
  expect(use(status("two")).used).toEqual([]);
  expect(use(status("one")).used).toEqual(["update deployments.apps/status (one) in web"]);
});

test("what is refused is told once, and does not count as used", () => {
  const refused = request({ verb: "list", objectRef: secrets }, 403);
  expect(use(refused, refused)).toMatchObject({ used: [], denied: ["list secrets in web: no"] });
});

test("an operator that asks first, hears no, and idles is denied something", () => {
  const asked = { spec: { resourceAttributes: { verb: "create", group: "apps", resource: "statefulsets", namespace: "web" } } };
  const review = request({ verb: "create", objectRef: { resource: "selfsubjectaccessreviews", apiGroup: "authorization.k8s.io" }, requestObject: asked, responseObject: { status: { allowed: false } } }, 201);
  expect(use(review).denied).toEqual(["create statefulsets.apps in web: it asked whether it may, and heard no"]);
});

test("what another asks about an account counts as the account's", () => {
  const asked = { spec: { user: username, resourceAttributes: { verb: "list", resource: "secrets" } } };
  const review = { ...request({ verb: "create", objectRef: { resource: "subjectaccessreviews" }, requestObject: asked, responseObject: { status: { allowed: true } } }), user: { username: "somebody" } };
  expect(use(review).used).toEqual(["list secrets"]);
});

test("a refusal that only the version that runs meets is told apart", () => {
  const { denied, excused } = use(request({ verb: "create", objectRef: { resource: "events", namespace: "web", name: "a.1" } }, 403));
  expect(denied).toEqual([]);
  expect(excused).toEqual(["create events in web: an older version"]);
});

test("what everybody may do is nobody's use of a role, and others' requests are not the account's", () => {
  const own = request({ verb: "create", objectRef: { resource: "selfsubjectreviews", apiGroup: "authentication.k8s.io" } });
  const other = { ...request({ verb: "list", objectRef: secrets }), user: { username: "system:serviceaccount:other:server" } };
  expect(askedBy(account, [own, other, request({ requestURI: "/apis/apps/v1?timeout=32s" })])).toEqual([]);
});

test("a binding to a role that does not exist is no grant of nothing", () => {
  expect(() => grantedTo(account, roles.filter(({ kind }) => kind !== "Role"))).toThrow("RoleBinding server gives Role server, which does not exist");
});
