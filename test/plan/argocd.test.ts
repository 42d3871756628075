import type { Manifest } from "../../engine/model/manifest";
import { worst } from "../../engine/plan/effect";
import { planOf } from "../../engine/plan/plan";
import { sideOf } from "../../engine/plan/side";
import { syncCases } from "../../tools/control-plane/plan/cases/argocd";
import { changed, claim, configMap, deployment, job, namespace, statefulSet, told } from "../../tools/control-plane/plan/objects";
import { guardedSet, treeOf, type Releases, type SideOptions } from "../../tools/control-plane/plan/sides";

const planned = (before: Releases, after: Releases, beforeOptions?: SideOptions, afterOptions?: SideOptions) => planOf(sideOf(treeOf(before, beforeOptions)), sideOf(treeOf(after, afterOptions)));

/** The same table that a real Argo CD is asked about: npm run e2e:plan. */
describe("what Argo CD does is what the table says", () => {
  test.each(syncCases.map((it) => [it.title, it] as const))("%s", (_, { before, after, beforeOptions, afterOptions, says, rule, refused }) => {
    const consequences = planned(before, after, beforeOptions, afterOptions).units.flatMap((unit) => unit.consequences);
    expect(worst(consequences.map(({ effect }) => effect))).toBe(says);
    expect(consequences.map((it) => it.rule)).toContain(rule);
    expect(consequences.some((it) => it.refused === true)).toBe(refused === true);
  });
});

const web: Releases = { "one/web": [namespace, deployment] };
const ofSet = (set: typeof guardedSet) => planned(web, web, {}, { applicationSet: set }).units.flatMap((unit) => unit.consequences);

test("an ApplicationSet that loses a guard puts data at risk, and one that keeps both does not", () => {
  for (const guard of ["applicationsSync", "preserveResourcesOnDeletion"]) {
    expect(ofSet(changed(guardedSet, `spec.syncPolicy.${guard}`, undefined))).toMatchObject([{ address: "argocd", effect: "data at risk", field: `spec.syncPolicy.${guard}` }]);
  }
  expect(ofSet(changed(guardedSet, "metadata.labels", { team: "lab" }))).toMatchObject([{ effect: "live change", rule: "applied" }]);
});

test("an ApplicationSet that reads other files no longer makes what it made", () => {
  expect(ofSet(changed(guardedSet, "spec.generators.0.git.files.0.path", "argocd/releases/two/*.yaml"))).toContainEqual(expect.objectContaining({ effect: "outage", field: "spec.generators" }));
});

test("Applications that no longer heal, prune or go where they went are told apart", () => {
  expect(ofSet(changed(guardedSet, "spec.template.spec.syncPolicy.automated", undefined))).toContainEqual(expect.objectContaining({ effect: "live change", says: expect.stringContaining("by hand") }));
  expect(ofSet(changed(guardedSet, "spec.template.spec.destination.server", "https://elsewhere"))).toContainEqual(expect.objectContaining({ effect: "outage" }));
  expect(ofSet(changed(guardedSet, "spec.template.metadata.finalizers", ["resources-finalizer.argocd.argoproj.io"]))).toContainEqual(expect.objectContaining({ effect: "data at risk" }));
});

const renamed = (parameters: Readonly<Record<string, unknown>>) => planned(web, web, {}, { parameters: { "one/web": parameters } }).units.flatMap((unit) => unit.consequences);

test("an Application under another name shares every object with the old one", () => {
  expect(renamed({ application: "other" })).toMatchObject([{ rule: "application", effect: "outage", refused: true }]);
});

test("another namespace leaves claims behind, and another revision is outside the plan", () => {
  expect(renamed({ namespace: "other" })).toContainEqual(expect.objectContaining({ effect: "outage", field: "namespace" }));
  expect(renamed({ revision: "stable" })).toMatchObject([{ effect: "live change", field: "revision" }]);
});

test("a folder that begins to prune puts at risk what left it before", () => {
  const plan = planned(web, web, { parameters: { "one/web": { prune: false } } });
  expect(plan.units.flatMap((unit) => unit.consequences)).toMatchObject([{ effect: "data at risk", field: "prune" }]);
});

test("a release that moves to another cluster leaves its data there", () => {
  const set = changed(guardedSet, "metadata.name", "two");
  const [unit] = planned({ "one/web": [namespace, deployment, told(claim, "Delete=false", "Prune=false")] }, { "two/web": [namespace, deployment, claim] }, {}, { applicationSet: set }).units.filter(({ how }) => how === "moved");
  expect(unit).toMatchObject({ address: "two/web", from: "one/web", effect: "outage" });
  expect(unit?.consequences[0]?.says).toContain("data");
});

test("claims that are made from templates stay behind as well", () => {
  const set = changed(guardedSet, "metadata.name", "two");
  const moved = (workload: Manifest) => planned({ "one/web": [namespace, workload] }, { "two/web": [namespace, workload] }, {}, { applicationSet: set }).units.filter(({ how }) => how === "moved").map(({ effect, consequences }) => [effect, consequences[0]?.says]);
  expect(moved(statefulSet)).toEqual([["outage", "it moves from one/web, and what it stores there (claims of StatefulSet web) does not: it starts empty"]]);
  expect(moved(deployment)).toEqual([["live change", "it moves from one/web"]]);
});

test("a release that comes is added, and what it is made of is told in one line", () => {
  const [unit] = planned({}, { "one/web": [namespace, deployment, configMap] }).units;
  expect(unit).toMatchObject({ how: "added", effect: "live change" });
});

test("a release that keeps only its namespace and its data is on its way out", () => {
  const guarded = told(claim, "Delete=false", "Prune=false");
  expect(planned({ "one/web": [namespace, deployment, guarded] }, { "one/web": [namespace, guarded] }).units).toMatchObject([{ how: "removed", effect: "outage" }]);
});

test("Force=true is refused beside server-side apply, and taken with Replace=true", () => {
  const said = (...options: readonly string[]) => planned(web, { "one/web": [namespace, told(deployment, ...options)] }).units.flatMap((unit) => unit.consequences);
  expect(said("Force=true")).toContainEqual(expect.objectContaining({ rule: "force-replace", refused: true }));
  expect(said("Force=true", "Replace=true")).toMatchObject([{ rule: "force-replace", effect: "recreate" }]);
  const job = { ...deployment, apiVersion: "batch/v1", kind: "Job" };
  const frozen = planned({ "one/web": [namespace, told(job, "Force=true", "Replace=true")] }, { "one/web": [namespace, changed(told(job, "Force=true", "Replace=true"), "spec.template.metadata.labels", { app: "other" })] });
  expect(frozen.units.flatMap((unit) => unit.consequences)).toMatchObject([{ rule: "force-replace", effect: "recreate", refused: true }]);
  expect(said("Validate=false")).toMatchObject([{ rule: "applied" }]);
});

test("another repository is where everything comes from, and Argo CD has to be let in there", () => {
  expect(ofSet(changed(guardedSet, "spec.template.spec.source.repoURL", '{{ .repository | default "https://git.elsewhere/lab.git" }}'))).toContainEqual(expect.objectContaining({ effect: "live change", field: "spec.template.spec.source", says: expect.stringContaining("everything comes from https://git.elsewhere/lab.git") }));
  expect(ofSet(changed(guardedSet, "spec.template.metadata.labels", { team: "lab" }))).toMatchObject([{ rule: "applied" }]);
});

const policy = (text: string, fallback = ""): Manifest => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "argocd-rbac-cm", namespace: "case", labels: { "app.kubernetes.io/part-of": "argocd" } }, data: { "policy.csv": text, "policy.default": fallback } });
const inArgoCd = (before: Manifest, after: Manifest) => planned({ "one/web": [namespace, before] }, { "one/web": [namespace, after] }).units.flatMap((unit) => unit.consequences);

test("whoever may do more in Argo CD is said, and whoever may do less opens nothing", () => {
  const [ada, eve] = ["g, ada, role:admin\n", "g, eve, role:admin\n"];
  expect(inArgoCd(policy(ada), policy(ada + eve))).toContainEqual(expect.objectContaining({ rule: "argocd", opens: true, says: "in Argo CD, allows more: g, eve, role:admin" }));
  expect(inArgoCd(policy(ada), policy(ada, "role:readonly"))).toContainEqual(expect.objectContaining({ opens: true, field: 'data."policy.default"' }));
  expect(inArgoCd(policy(`${ada}p, eve, *, *, *, deny\n`), policy(ada))).toContainEqual(expect.objectContaining({ opens: true }));
  const less = inArgoCd(policy(ada + eve), policy(ada));
  expect(less).toMatchObject([{ rule: "config", says: "Argo CD reads it from the API server, and follows" }, { says: "in Argo CD, allows no more: g, eve, role:admin" }]);
  expect(less.some(({ opens }) => opens)).toBe(false);
});

test("an Application that comes from another repository is told, and what it holds is not", () => {
  const before: Releases = { "one/web": [namespace, deployment] };
  const after: Releases = { ...before, "one/crds": [] };
  const outside = { repository: "https://git.elsewhere/operator.git", revision: "v1", folder: "crds" };
  expect(planned(before, after, {}, { parameters: { "one/crds": outside } }).units).toMatchObject([{ address: "one/crds", how: "added", consequences: [{ effect: "live change", says: "what crds of https://git.elsewhere/operator.git at v1 holds is made: it is not in this plan" }] }]);
  expect(planned(before, after).units).toEqual([]);
});

test("configuration that believes a certificate no more refuses whom it signed, and one more opens", () => {
  const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
  const roots = (...texts: readonly string[]) => changed(configMap, "data", { "roots.crt": texts.map(pem).join("") });
  expect(inArgoCd(roots("A"), roots("B"))).toEqual(expect.arrayContaining([expect.objectContaining({ rule: "certificate", effect: "outage" }), expect.objectContaining({ rule: "certificate", opens: true })]));
  expect(inArgoCd(roots("A"), roots("A", "B")).filter(({ rule }) => rule === "certificate")).toMatchObject([{ effect: "live change", opens: true }]);
  expect(inArgoCd(roots("A"), changed(roots("A"), "data.other", "text")).filter(({ rule }) => rule === "certificate")).toEqual([]);
});

test("a hook is run and neither compared nor pruned, whatever its policy", () => {
  const [hook, policy] = ["metadata.annotations.argocd\\.argoproj\\.io/hook", "metadata.annotations.argocd\\.argoproj\\.io/hook-delete-policy"];
  const run = changed(job, hook, "Sync");
  const of = (before: readonly Manifest[], after: readonly Manifest[]) => planned({ "one/web": [namespace, ...before] }, { "one/web": [namespace, ...after] }).units.flatMap((unit) => unit.consequences);
  const next = changed(run, "spec.template.spec.containers.0.image", "registry.example/web:1.0.1");
  expect(of([run], [next])).toMatchObject([{ rule: "hook", effect: "recreate" }]);
  expect(of([changed(run, policy, "HookSucceeded")], [changed(next, policy, "HookSucceeded")])).toMatchObject([{ rule: "hook", effect: "live change" }]);
  expect(of([], [run])).toMatchObject([{ rule: "hook", effect: "live change" }]);
  expect(of([run], [])).toMatchObject([{ rule: "hook", effect: "live change", says: expect.stringContaining("prunes no hook") }]);
  expect(of([run], [run])).toEqual([]);
});
