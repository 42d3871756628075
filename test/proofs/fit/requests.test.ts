import type { ContainerSpec } from "../../../engine/model/pod-template";
import { requestsOf } from "../../../engine/proofs/fit/requests";

const gi = 2 ** 30;
const container = (memory: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({ name: "c", image: "i", resources: { requests: { memory } }, ...more });
const sidecar = (memory: string): ContainerSpec => container(memory, { restartPolicy: "Always" });
const memoryOf = (...spec: readonly [readonly ContainerSpec[], readonly ContainerSpec[]]): number => requestsOf({ initContainers: spec[0], containers: spec[1] }).memory / gi;

test("what runs first asks for as much as the largest, and only what exceeds the rest counts", () => {
  expect(memoryOf([container("4Gi"), container("2Gi")], [container("1Gi"), container("2Gi")])).toBe(4);
  expect(memoryOf([container("2Gi")], [container("1Gi"), container("2Gi")])).toBe(3);
});

test("a sidecar runs beside everything that starts after it, and nothing that ended before", () => {
  expect(memoryOf([sidecar("1Gi"), container("4Gi")], [container("1Gi")])).toBe(5);
  expect(memoryOf([container("4Gi"), sidecar("1Gi")], [container("1Gi")])).toBe(4);
  expect(memoryOf([sidecar("1Gi")], [container("1Gi")])).toBe(2);
});

test("a limit without a request is the request, and what the pod says of itself as a whole wins", () => {
  expect(requestsOf({ containers: [{ name: "c", image: "i", resources: { limits: { cpu: "2", "nvidia.com/gpu": 1 } } }] })).toMatchObject({ cpu: 2000, devices: { "nvidia.com/gpu": 1 } });
  expect(requestsOf({ containers: [container("1Gi")], resources: { requests: { memory: "3Gi" } } })).toMatchObject({ memory: 3 * gi, cpu: 0 });
});
