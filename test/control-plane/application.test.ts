import { applicationState, describeState, isSettled } from "../../tools/control-plane/argocd/application";
import type { ArgoCd } from "../../tools/control-plane/argocd/components";
import { LookAgain } from "../../tools/control-plane/argocd/look-again";
import { isNews } from "../../tools/control-plane/argocd/wait-for-applications";

function application(status: object): Parameters<typeof applicationState>[0] {
  return { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "forge-ollama" }, status };
}

const settled = { sync: { status: "Synced", revision: "abc" }, health: { status: "Healthy" }, operationState: { phase: "Succeeded" } };

test("synced, healthy and done is settled, and at another commit it is not", () => {
  expect(isSettled(applicationState(application(settled)))).toBe(true);
  expect(isSettled(applicationState(application(settled)), "def")).toBe(false);
});

test("what was there before Argo CD needs no sync to be settled", () => {
  expect(isSettled(applicationState(application({ ...settled, operationState: undefined })))).toBe(true);
});

test.each([
  ["a sync that failed", { operationState: { phase: "Failed", message: "one or more objects failed to apply" } }],
  ["an object that is not what git says", { sync: { status: "OutOfSync" } }],
  ["a workload that does not come up", { health: { status: "Progressing" } }],
])("%s is not settled", (_, difference) => {
  expect(isSettled(applicationState(application({ ...settled, ...difference })))).toBe(false);
});

test("the object that failed to sync is told before the summary of the failure", () => {
  const resources = [{ kind: "Service", name: "web", status: "SyncFailed", message: "field not declared in schema" }];
  const state = applicationState(application({ ...settled, operationState: { phase: "Failed", message: "one object failed", syncResult: { resources } } }));
  expect(describeState(state)).toBe("forge-ollama: Synced, Healthy, last sync Failed: Service/web: field not declared in schema; one object failed");
});

test("the same cause said twice is told once", () => {
  const conditions = [{ type: "SyncError", message: "refused" }, { type: "SyncError", message: "refused" }];
  expect(applicationState(application({ ...settled, conditions })).causes).toEqual(["SyncError: refused"]);
});

test("an Application that goes back and forth is standing still, one that gets nearer is not", () => {
  const known = new Set<string>();
  const object = (status: string) => ({ kind: "Service", name: status, status });
  const at = (sync: string, ...resources: readonly object[]) => isNews([applicationState(application({ ...settled, sync: { status: sync }, resources }))], known);
  expect([at("OutOfSync"), at("Synced"), at("OutOfSync"), at("Synced")]).toEqual([true, true, false, false]);
  expect([at("OutOfSync", object("a"), object("b")), at("OutOfSync", object("a"))]).toEqual([true, true]);
});

test("an Application that stands still with nothing under way is asked to look again, every so often", () => {
  const again = new LookAgain({} as ArgoCd);
  const asked = (seconds: number, ...states: readonly object[]) => again.standingStill(states.map((status) => applicationState(application({ ...settled, ...status }))), seconds * 1000).length;
  const progressing = { health: { status: "Progressing" } };
  expect([asked(0, progressing), asked(30, progressing), asked(60, progressing), asked(90, progressing), asked(120, progressing)]).toEqual([0, 0, 1, 0, 1]);
  const running = { ...progressing, operationState: { phase: "Running" } };
  expect([asked(200, running), asked(300, running), asked(400, {}), asked(500, {})]).toEqual([0, 0, 0, 0]);
});
