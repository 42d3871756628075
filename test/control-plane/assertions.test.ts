import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { assertionLines } from "../../tools/control-plane/assertions/assertion";
import { auditEvents, denials } from "../../tools/control-plane/assertions/audit-log";
import { isUnchanged, stateOf } from "../../tools/control-plane/assertions/unchanged";
import { lastWarning } from "../../tools/control-plane/assertions/warning-events";
import { unfinished } from "../../tools/control-plane/assertions/workloads";

function workload(kind: string, spec: object, status: object): Parameters<typeof unfinished>[0] {
  return { apiVersion: "apps/v1", kind, metadata: { namespace: "a", name: "x", generation: 2 }, spec, status: { observedGeneration: 2, ...status } };
}

test.each([
  ["a Deployment with all replicas", workload("Deployment", { replicas: 2 }, { readyReplicas: 2, updatedReplicas: 2 }), undefined],
  ["a Deployment with old replicas", workload("Deployment", { replicas: 2 }, { readyReplicas: 2, updatedReplicas: 1 }), "Deployment a/x: 1 of 2"],
  ["a Deployment that nobody wants", workload("Deployment", { replicas: 0 }, {}), undefined],
  ["a change that no controller has seen", workload("Deployment", { replicas: 1 }, { observedGeneration: 1 }), "Deployment a/x has not been looked at yet"],
  ["a DaemonSet on every node", workload("DaemonSet", {}, { desiredNumberScheduled: 3, numberReady: 3, updatedNumberScheduled: 3 }), undefined],
  ["a DaemonSet that lacks one", workload("DaemonSet", {}, { desiredNumberScheduled: 3, numberReady: 2, updatedNumberScheduled: 3 }), "DaemonSet a/x: 2 of 3"],
  ["a Job that is done", workload("Job", {}, { succeeded: 1 }), undefined],
  ["a Job that is not", workload("Job", {}, {}), "Job a/x: 0 of 1"],
  ["a Job that waits for somebody", workload("Job", { suspend: true }, {}), undefined],
])("%s", (_, object, problem) => {
  expect(unfinished(object)).toBe(problem);
});

test("what a ServiceAccount was refused is told once, by what it tried", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "audit-")), "audit.log");
  const request = (username: string, code: number): string =>
    `${JSON.stringify({ verb: "list", user: { username }, objectRef: { resource: "secrets", namespace: "web" }, responseStatus: { code }, requestURI: "/api/v1/namespaces/web/secrets" })}\n`;
  const refused = request("system:serviceaccount:argocd:controller", 403);
  writeFileSync(file, `${refused}${refused}${request("system:serviceaccount:argocd:controller", 200)}${request("system:serviceaccount:other:x", 403)}{"verb":"half`);
  expect(denials(auditEvents(file), { namespace: "argocd" })).toEqual(["argocd:controller may not list secrets in web"]);
  rmSync(path.dirname(file), { recursive: true });
});

test("an object that was written again, vanished or appeared is told", () => {
  const assertion = isUnchanged("pi", new Map([["A", "1"], ["B", "1"], ["C", "1"]]), new Map([["A", "1"], ["B", "2"], ["D", "1"]]));
  expect(assertion.problems).toEqual(["B: 1, then 2", "C: 1, then gone", "D appeared"]);
});

test("what a controller writes into a status is no change, and what an object says is", () => {
  const quota = (hard: string, used: string, metadata: object = {}): Parameters<typeof stateOf>[0] => ({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "q", uid: "1", ...metadata }, spec: { hard }, status: { used } });
  expect(stateOf(quota("4", "1", { resourceVersion: "1" }))).toBe(stateOf(quota("4", "2", { resourceVersion: "2" })));
  expect(stateOf(quota("4", "1"))).not.toBe(stateOf(quota("5", "1")));
  expect(stateOf(quota("4", "1"))).not.toBe(stateOf(quota("4", "1", { annotations: { by: "hand" } })));
  expect(stateOf(quota("4", "1", { generation: 1 }))).not.toBe(stateOf(quota("4", "1", { generation: 2 })));
});

test("the sum counts sentences that hold and those that do not", () => {
  const lines = assertionLines([{ says: "it holds", problems: [] }, { says: "it does not", problems: ["because"] }]);
  expect(lines).toEqual(["ok   it holds", "FAIL it does not", "       because", "1 passed, 1 failed"]);
});

test("the last warning of what a workload made tells why it does not go on", () => {
  const event = (name: string, message: string, lastTimestamp: string, type = "Warning"): Parameters<typeof lastWarning>[0][number] => ({ apiVersion: "v1", kind: "Event", metadata: { name: "e" }, type, message, lastTimestamp, involvedObject: { namespace: "a", name } });
  const events = [event("x-5d4f", "RuntimeClass not found", "2026-01-01T00:00:02Z"), event("x", "older", "2026-01-01T00:00:01Z"), event("x", "all is well", "2026-01-01T00:00:03Z", "Normal"), event("xy", "another's", "2026-01-01T00:00:04Z")];
  expect(lastWarning(events, workload("Deployment", {}, {}))).toBe("RuntimeClass not found");
  expect(lastWarning([], workload("Deployment", {}, {}))).toBeUndefined();
});
