import { accountsWithRoles } from "../../tools/operators/rbac/granted";
import { everyAccountIsTried, notRunLines } from "../../tools/operators/run/not-run";

const rbac = "rbac.authorization.k8s.io/v1";
const binding = (kind: string, namespace: string, name: string) => ({
  apiVersion: rbac,
  kind,
  metadata: { name, namespace },
  roleRef: { kind: "ClusterRole", name },
  subjects: [{ kind: "ServiceAccount", namespace, name }, { kind: "Group", name: "people" }],
});
const objects = [binding("RoleBinding", "web", "server"), binding("ClusterRoleBinding", "web", "server"), binding("RoleBinding", "rook-ceph", "rook-ceph-mgr")];
const use = { account: { namespace: "web", name: "server" }, used: ["list pods"], unused: [], denied: [], excused: [] };

test("an account with several bindings has roles once", () => {
  expect(accountsWithRoles(objects)).toEqual([{ namespace: "web", name: "server" }, { namespace: "rook-ceph", name: "rook-ceph-mgr" }]);
});

test("an account that nobody tries has its reason told", () => {
  expect(notRunLines(objects, [use])).toEqual([expect.stringMatching(/^Not run: ServiceAccount rook-ceph\/rook-ceph-mgr: Rook 1\.20\.6 does not compile/)]);
  expect(everyAccountIsTried(objects, [use]).problems).toEqual([]);
});

test("an account that nobody tries and nobody speaks for is found", () => {
  expect(everyAccountIsTried(objects, []).problems).toEqual(["web/server"]);
});
