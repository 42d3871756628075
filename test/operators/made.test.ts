import type { Made } from "../../engine/model/makes";
import { differences } from "../../tools/operators/scenarios/made";

const made: Made = { component: "server", labels: { app: "server" }, count: 1, requests: { cpu: "110m", memory: "1Gi" }, claims: { data: ["data-server-0"] } };
const requests = [{ cpu: "100m", memory: "512Mi" }, { cpu: "10m", memory: "512Mi" }];
const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "server-0", labels: { app: "server", more: "yes" } }, spec: { containers: requests.map((each) => ({ resources: { requests: each } })) }, status: { phase: "Running" } };

test("pods that are as declared differ in nothing", () => {
  expect(differences(made, [pod], ["data-server-0"])).toEqual([]);
});

test.each([
  ["other labels", { ...made, labels: { app: "other" } }, "0 pods have the declared labels instead of 1; server-0 has the labels"],
  ["another number", { ...made, count: 2 }, "1 pods have the declared labels instead of 2"],
  ["other requests", { ...made, requests: { cpu: "110m", memory: "2Gi" } }, "requests 1073741824 bytes of memory, and 2Gi is declared"],
  ["another claim", { ...made, claims: { data: ["data-0"] } }, "there is no claim data-0"],
] satisfies [string, Made, string][])("%s are told", (_, declared, problem) => {
  expect(differences(declared, [pod], ["data-server-0"])[0]).toContain(problem);
});

test("bytes without a unit are as many as with one", () => {
  const plain = { ...pod, spec: { containers: [{ resources: { requests: { cpu: "0.11", memory: "1073741824" } } }] } };
  expect(differences(made, [plain], ["data-server-0"])).toEqual([]);
});
