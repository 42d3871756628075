import { hostPorts } from "../../engine/checks/lab/host-ports";
import { kind } from "../../engine/model/distribution";
import { clusterOf, labOf } from "../lab-of";

const on = (name: string, from: number, ports: { readonly http?: number; readonly https?: number } = {}) =>
  clusterOf({
    name,
    distribution: kind(),
    network: { hostPorts: { host: "mac", from, to: from + 999, http: from + 80, https: from + 443, ...ports } },
  });
const rules = (...clusters: ReturnType<typeof on>[]) => hostPorts(labOf({ clusters })).map((it) => `${it.address}: ${it.rule}`);

test("a port outside its range, and one port for two things, are found", () => {
  expect(rules(on("air", 21000, { http: 80 }))).toEqual(["air: host-port-range"]);
  expect(rules(on("air", 21000, { http: 21443 }))).toEqual(["air: host-port-once"]);
});

test("ranges that overlap on one host are found", () => {
  expect(rules(on("air", 21000), on("pro", 21999), on("studio", 24000))).toEqual(["pro: host-port-overlap"]);
});

test("host ports of a cluster that the LAN reaches are found", () => {
  expect(rules({ ...on("one", 21000), distribution: clusterOf().distribution })).toEqual(["one: host-port-range"]);
});

test("neighbouring ranges are fine", () => {
  expect(rules(on("air", 21000), on("pro", 22000))).toEqual([]);
});
