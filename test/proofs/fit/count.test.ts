import { autoscaledIn, mustSurge, podCountOf } from "../../../engine/proofs/fit/count";
import { object } from "../../checks/objects";

test("a workload has its replicas, and a Job as many pods as work at a time", () => {
  expect(podCountOf({ ...object("Deployment", "web"), spec: { replicas: 3 } })).toBe(3);
  expect(podCountOf({ ...object("Deployment", "web"), spec: {} })).toBe(1);
  expect(podCountOf({ ...object("Job", "once"), spec: {} })).toBe(1);
  expect(podCountOf({ ...object("Job", "many"), spec: { parallelism: 4, completions: 10 } })).toBe(4);
  expect(podCountOf({ ...object("Job", "few"), spec: { parallelism: 4, completions: 2 } })).toBe(2);
  expect(podCountOf({ ...object("CronJob", "nightly"), spec: { jobTemplate: { spec: { parallelism: 2 } } } })).toBe(2);
});

test("where an autoscaler decides, there may be as many as it allows", () => {
  const scaler = { ...object("HorizontalPodAutoscaler", "web"), spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 5 } };
  expect(autoscaledIn([scaler]).get("Deployment/web")).toBe(5);
  expect(autoscaledIn([]).get("Deployment/web")).toBeUndefined();
});

test("a rollout that may miss nobody starts one more", () => {
  expect(mustSurge({ replicas: 1 })).toBe(true);
  expect(mustSurge({ replicas: 4 })).toBe(false);
  expect(mustSurge({ strategy: { type: "Recreate" } })).toBe(false);
});
