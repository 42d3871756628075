import type { Manifest } from "../../engine/model/manifest";
import { acknowledged } from "../../engine/plan/acknowledged";
import { planOf, type Plan } from "../../engine/plan/plan";
import { jsonReport } from "../../engine/plan/report/json";
import { markdownReport } from "../../engine/plan/report/markdown";
import { summaryOf } from "../../engine/plan/report/summary";
import { textReport, type Report } from "../../engine/plan/report/text";
import { sideOf } from "../../engine/plan/side";
import { changed, deployment, namespace, networkPolicy, role, roleBinding } from "../../tools/control-plane/plan/objects";
import { treeOf, type Releases } from "../../tools/control-plane/plan/sides";

const own = { parameters: { "one/site": { namespace: "site" } } };
const between = (before: Releases, after: Releases): Plan => planOf(sideOf(treeOf(before, own)), sideOf(treeOf(after, own)));
const reportOf = (plan: Plan): Report => ({ lab: "lab", plan, base: "abc", warnings: { come: [], go: [] }, notes: [], acknowledged: acknowledged(plan, []) });
const inSite = (manifest: Manifest): Manifest => changed(manifest, "metadata.namespace", "site");
const web = { "one/web": [namespace, deployment] };

const egress = changed(networkPolicy, "spec", { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }] });
const account = (place: string) => [{ kind: "ServiceAccount", name: "site", namespace: place }];
const clusterWide = (subjects: readonly unknown[]): Manifest => {
  const { namespace: _, ...metadata } = roleBinding.metadata;
  return changed({ ...roleBinding, kind: "ClusterRoleBinding", metadata }, "subjects", subjects);
};
const clusterRole = (labels: object): Manifest => ({ ...role, kind: "ClusterRole", metadata: { name: "site", labels: labels as never } });

/** What comes with a new release beside one that stood, by its mark. */
const marks = (...objects: readonly Manifest[]) =>
  between(web, { ...web, "one/site": [changed(namespace, "metadata.name", "site"), ...objects] })
    .units.flatMap(({ consequences }) => consequences)
    .flatMap(({ brings, opens }) => (brings ? ["brings"] : opens ? ["opens"] : []));

test.each<[string, Manifest]>([
  ["its own policy", inSite(egress)],
  ["its own role", inSite(role)],
  ["its own account's rights, in the cluster as well", clusterWide(account("site"))],
  ["its account's rights in a namespace that stood", changed(roleBinding, "subjects", account("site"))],
  ["its policy in a namespace that is only called like Kubernetes' own", changed(egress, "metadata.namespace", "kube-state-metrics")],
  ["people's rights in its own namespace", inSite(changed(roleBinding, "subjects", [{ kind: "Group", name: "people" }]))],
  ["a role of the cluster", clusterRole({})],
])("a new release brings %s, and opens nothing by it", (_, manifest) => {
  expect(new Set(marks(manifest))).toEqual(new Set(["brings"]));
});

test.each<[string, Manifest]>([
  ["a policy in a namespace that stood", egress],
  ["a policy in Kubernetes' own namespace", changed(egress, "metadata.namespace", "kube-system")],
  ["rights of an account that stood", clusterWide(account("case"))],
  ["rights of people in the whole cluster", clusterWide([{ kind: "Group", name: "people" }])],
  ["what everybody with the role to view may do", clusterRole({ "rbac.authorization.k8s.io/aggregate-to-view": "true" })],
])("%s is opened, though what opens it is new", (_, manifest) => {
  expect(marks(manifest)).toEqual(["opens"]);
});

test("the same in a release that stood is an opening", () => {
  expect(summaryOf(between({ "one/site": [] }, { "one/site": [inSite(egress)] }))).toMatchObject({ opens: 1, brings: 0 });
});

test("every report shows what is brought with the addition, and counts no opening", () => {
  const plan = between(web, { ...web, "one/site": [changed(namespace, "metadata.name", "site"), inSite(egress)] });
  expect(summaryOf(plan)).toMatchObject({ releases: { added: ["one/site"] }, opens: 0, brings: 1 });
  const text = textReport(reportOf(plan), { differences: 0 });
  expect(text).toContain("one/site (added)");
  expect(text).toMatch(/brings: lets out: 0\.0\.0\.0\/0, TCP 443/);
  expect(text).not.toMatch(/^ *opens/m);
  expect(markdownReport(reportOf(plan))).toContain("**brings**: lets out: 0.0.0.0/0, TCP 443");
  expect(JSON.parse(jsonReport(reportOf(plan)))).toMatchObject({ summary: { opens: 0, brings: 1 } });
});
