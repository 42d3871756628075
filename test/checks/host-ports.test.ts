import { hostPorts } from "../../engine/checks/lab/host-ports";
import { kind } from "../../engine/model/distribution";
import { clusterOf, hostOf, labOf } from "../lab-of";

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

test("what listens on the host itself is not in the range", () => {
  const external = (port: number, address = "192.168.40.9") => ({ name: "ollama", address, port, scheme: "http", speaks: "ollama" }) as const;
  const found = (...externals: readonly ReturnType<typeof external>[]) => hostPorts(labOf({ hosts: [hostOf({ name: "mac", last: 9 })], clusters: [on("air", 11000)], externals })).map((it) => it.found);
  expect(found(external(11434))).toEqual(["host ports air 11000-11999, and external ollama on port 11434 of mac"]);
  expect(found(external(8080), external(11434, "192.168.40.10"))).toEqual([]);
});

test("host ports of a cluster that the LAN reaches are found", () => {
  expect(rules({ ...on("one", 21000), distribution: clusterOf().distribution })).toEqual(["one: host-port-range"]);
});

test("neighbouring ranges are fine", () => {
  expect(rules(on("air", 21000), on("pro", 22000))).toEqual([]);
});
