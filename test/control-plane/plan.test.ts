import type { Manifest } from "../../engine/model/manifest";
import type { KubernetesObject } from "../../tools/control-plane/kubernetes/object";
import { compared, outcomeLines } from "../../tools/control-plane/plan/compared";
import { namedApart } from "../../tools/control-plane/plan/named-apart";
import { changed, claim, configMap, definition, deployment, fixedClass, job, namespace } from "../../tools/control-plane/plan/objects";
import { seenOf, type Seen } from "../../tools/control-plane/plan/seen";
import { unsettled } from "../../tools/control-plane/plan/settled";
import { planOfRelease } from "../../tools/control-plane/plan/sides";
import type { Standing } from "../../tools/control-plane/plan/standing";
import { progressOf } from "../../tools/control-plane/plan/synced-application";

const name = "Deployment case/web";
const live = (manifest: Manifest, uid: string, more: Readonly<Record<string, unknown>> = {}): KubernetesObject => ({ ...manifest, ...more, metadata: { ...manifest.metadata, uid } }) as KubernetesObject;
const standing = (more: Partial<Standing> = {}): Standing => ({ objects: new Map([[name, live(deployment, "d")]]), pods: [], claims: [], endpoints: new Map(), served: [], ...more });
const pods = (...uids: readonly string[]): readonly KubernetesObject[] => uids.map((uid) => ({ apiVersion: "v1", kind: "Pod", metadata: { name: uid, uid } }));
const seen = (it: Partial<Seen>): ReadonlyMap<string, Seen> => new Map([[name, { effect: "nothing", refused: false, what: ["it"], ...it }]]);

const restarting = planOfRelease([deployment], [changed(deployment, "spec.template.spec.containers.0.image", "registry.example/web:2.0.0")]);
const refused = planOfRelease([deployment], [changed(deployment, "spec.selector.matchLabels.app", "site")]);

test("a plan that said less than what happened has failed, and one that said as much has not", () => {
  expect(compared("it", restarting, seen({ effect: "restart" })).problems).toEqual([]);
  expect(compared("it", restarting, seen({ effect: "nothing" })).problems).toEqual([]);
  expect(compared("it", restarting, seen({ effect: "outage" })).problems).toEqual([`${name}: the plan said restart, and this was seen: it (outage)`]);
  expect(compared("it", planOfRelease([deployment], [deployment]), seen({ effect: "live change" })).problems).toHaveLength(1);
});

test("a refusal has to be said, and one that is said has to come", () => {
  expect(compared("it", refused, seen({ refused: true })).problems).toEqual([]);
  expect(compared("it", restarting, seen({ refused: true })).problems).toEqual([`${name}: it was refused, and the plan did not say so`]);
  expect(compared("it", refused, seen({})).problems).toEqual([`${name}: the plan said that it would be refused, and it was not`]);
});

test("the last line counts cases that passed and that failed", () => {
  expect(outcomeLines([compared("one", restarting, seen({ effect: "restart" })), compared("two", restarting, seen({ effect: "outage" }))], 3).at(-1)).toBe("1 passed, 1 failed");
});

test.each([
  ["nothing", standing({ pods: pods("a") }), standing({ pods: pods("a") })],
  ["restart", standing({ pods: pods("a", "b") }), standing({ pods: pods("c", "b") })],
  ["live change", standing({ pods: pods("a", "b") }), standing({ pods: pods("a") })],
  ["outage", standing({ pods: pods("a") }), standing()],
  ["recreate", standing(), standing({ objects: new Map([[name, live(deployment, "other")]]) })],
  ["live change", standing(), standing({ objects: new Map([[name, live(deployment, "d", { spec: { replicas: 5 } })]]) })],
  ["outage", standing(), standing({ objects: new Map() })],
  ["data at risk", standing({ claims: [live(claim, "c")] }), standing()],
] as const)("%s is what is seen", (effect, before, after) => {
  expect(seenOf(name, before, after, false).effect).toBe(effect);
});

test("what controllers note on an object is no change of it", () => {
  const noted = live(changed(deployment, "metadata.annotations", { "deployment.kubernetes.io/revision": "2" }), "d", { status: { replicas: 1 } });
  expect(seenOf(name, standing(), standing({ objects: new Map([[name, noted]]) }), false)).toMatchObject({ effect: "nothing" });
});

test("a case has names of its own for everything that belongs to the whole cluster", () => {
  const text = JSON.stringify(namedApart([namespace, fixedClass, claim, definition], 7));
  expect(text).toContain('"name":"widgets.case-7.example"');
  expect(text).toContain('"storageClassName":"fixed-7"');
  expect(text).not.toMatch(/"(case|fixed)"/);
});

test("a rollout, a volume and a Job are waited for, and configuration is not", () => {
  const object = (manifest: Manifest, status?: unknown) => standing({ objects: new Map([["it", live(manifest, "x", status === undefined ? {} : { status })]]) });
  expect(unsettled(object(deployment))).toEqual(["it is not where it goes"]);
  expect(unsettled(object(job))).toEqual(["it is not where it goes"]);
  expect(unsettled(object(job, { conditions: [{ type: "Complete", status: "True" }] }))).toEqual([]);
  expect(unsettled(object(configMap))).toEqual([]);
  expect(unsettled({ ...object(configMap), claims: [live(claim, "c")] })).toEqual(["claim data is not bound"]);
  const orphan = live(changed(claim, "metadata.ownerReferences", [{ uid: "gone" }]), "c", { status: { phase: "Bound" } });
  expect(unsettled({ ...object(configMap), claims: [orphan] })).toEqual(["claim data has lost its owner"]);
});

test("Argo CD is done with a commit when it is synced or its folder is gone, and a failed try is no success", () => {
  const application = (status: Readonly<Record<string, unknown>>) => ({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "it" }, status });
  const tried = (phase: string, more: Readonly<Record<string, unknown>> = {}) => application({ sync: { status: "OutOfSync", revision: "new" }, operationState: { phase, syncResult: { revision: "new", ...more } } });
  expect(progressOf(application({ sync: { status: "Synced", revision: "old" } }), "new")).toMatchObject({ done: false, failing: false });
  expect(progressOf(application({ sync: { status: "Synced", revision: "new" } }), "new")).toMatchObject({ done: true });
  expect(progressOf(application({ conditions: [{ type: "ComparisonError", message: "dist/one: app path does not exist" }] }), "new")).toMatchObject({ done: true });
  expect(progressOf(tried("Succeeded"), "new")).toMatchObject({ done: true });
  expect(progressOf(tried("Failed", { resources: [{ kind: "Job", name: "load", status: "SyncFailed" }] }), "new")).toEqual({ done: false, failing: true, refused: ["Job load"] });
  const shared = application({ operationState: { phase: "Running", retryCount: 1, message: "Shared resource found: Deployment/web is part of applications argocd/a and b", syncResult: { revision: "new" } } });
  expect(progressOf(shared, "new")).toEqual({ done: false, failing: true, refused: ["Deployment web"] });
  const uncompared = (revision: string) => application({ sync: { status: "Unknown", revision }, conditions: [{ type: "ComparisonError", message: "serverSideDiff error: error running server side apply in dryrun mode for resource Job/load: spec.template: field is immutable" }] });
  expect(progressOf(uncompared("new"), "new")).toEqual({ done: false, failing: true, refused: ["Job load"] });
  expect(progressOf(uncompared("old"), "new")).toEqual({ done: false, failing: false, refused: [] });
});
