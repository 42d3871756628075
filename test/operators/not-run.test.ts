import { accountsWithRoles } from "../../tools/operators/rbac/granted";
import { EXTERNAL_SECRET } from "../../tools/control-plane/stand-ins/external-secrets";
import { REAL_ELSEWHERE, STAND_INS } from "../../tools/control-plane/stand-ins/table";
import { everyAccountIsTried, notRunLines, reasonFor, staleReasons } from "../../tools/operators/run/not-run";
import { OPERATORS } from "../../tools/operators/run/operators";
import { synthesisOf } from "../labs";

const rbac = "rbac.authorization.k8s.io/v1";
const binding = (kind: string, namespace: string, name: string) => ({
  apiVersion: rbac,
  kind,
  metadata: { name, namespace },
  roleRef: { kind: "ClusterRole", name },
  subjects: [{ kind: "ServiceAccount", namespace, name }, { kind: "Group", name: "people" }],
});
const objects = [binding("RoleBinding", "web", "server"), binding("ClusterRoleBinding", "web", "server"), binding("RoleBinding", "rook-ceph", "rook-ceph-mgr")];

test("an account with several bindings has roles once", () => {
  expect(accountsWithRoles(objects)).toEqual([{ namespace: "web", name: "server" }, { namespace: "rook-ceph", name: "rook-ceph-mgr" }]);
});

test("an account that nobody tries has its reason told", () => {
  expect(notRunLines(objects, ["web/server"])).toEqual([expect.stringMatching(/^Not run: ServiceAccount rook-ceph\/rook-ceph-mgr: Rook 1\.20\.6 does not compile/)]);
  expect(everyAccountIsTried(objects, ["web/server"]).problems).toEqual([]);
});

test("an account that nobody tries and nobody speaks for is found", () => {
  expect(everyAccountIsTried(objects, []).problems).toEqual(["web/server"]);
});

test("a reason of which no account is left is found, and of the lab's each has one", () => {
  expect(staleReasons(objects)).toContain("Argo CD runs under them in `npm run e2e`");
  expect(staleReasons(synthesisOf("lab").built.flatMap(({ manifests }) => manifests))).toEqual([]);
});

test("whoever is played on five clusters runs for real on one, or it is said why it cannot", () => {
  const played = new Set([...STAND_INS, EXTERNAL_SECRET].map(({ operator }) => operator));
  const real = OPERATORS.map(({ name }) => name);
  expect([...REAL_ELSEWHERE].sort()).toEqual([...played].filter((operator) => real.includes(operator)).sort());
  expect([...played].filter((operator) => !real.includes(operator) && reasonFor(`${operator}/`) === undefined)).toEqual([]);
});
