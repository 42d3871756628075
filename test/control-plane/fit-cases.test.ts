import { fitCases } from "../../tools/control-plane/fit/cases";
import { pendingOf } from "../../tools/control-plane/fit/run-fit-cases";
import type { KubernetesObject } from "../../tools/control-plane/kubernetes/object";
import { homelessOf } from "../../tools/control-plane/fit/ground";

/** The same table that a real scheduler is asked about: npm run e2e:plan. */
describe("the proof finds a node for whom the table says", () => {
  test.each(fitCases.map((it) => [it.title, it] as const))("%s", (_, { objects, homeless }) => {
    expect(homelessOf(objects)).toEqual(homeless);
  });

  test("what the scheduler leaves Pending is named, and nothing before it has decided on every pod", () => {
    const pod = (app: string, status?: string): KubernetesObject => ({ apiVersion: "v1", kind: "Pod", metadata: { name: app, labels: { app } }, status: { conditions: status ? [{ type: "PodScheduled", status }] : [] } });
    expect(pendingOf([pod("web", "True"), pod("cache", "False")], 2)).toEqual(["Deployment/cache"]);
    expect(pendingOf([pod("web", "True")], 1)).toEqual([]);
    expect(pendingOf([pod("web", "True")], 2)).toBeUndefined();
    expect(pendingOf([pod("web", "True"), pod("cache")], 2)).toBeUndefined();
  });

  test("some of it fits, and some does not", () => {
    expect(fitCases.some(({ homeless }) => homeless.length > 0)).toBe(true);
    expect(fitCases.some(({ homeless }) => homeless.length === 0)).toBe(true);
  });
});
