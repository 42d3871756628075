import { lanPortOnce } from "../../engine/checks/releases/lan-port-once";
import { kind } from "../../engine/model/distribution";
import type { Endpoint } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf, worldRunning } from "../lab-of";

const tcp = (port: number, rest: Partial<Endpoint> = {}) => appOf({ needs: { exposes: { raw: { port, scheme: "tcp", reach: "lan", ...rest } } } });
const onKind = (...apps: readonly ReturnType<typeof tcp>[]) => {
  const hostPorts = { host: "one-1", from: 21000, to: 21899, http: 21080, https: 21443 };
  return lanPortOnce(
    worldOf({ clusters: [clusterOf({ distribution: kind(), network: { hostPorts }, runs: apps.map((app, i) => place(app, { as: `app-${i}` })) })] }),
  ).map((it) => it.rule);
};

test("a fixed address outside the pools, or of two Services, is found", () => {
  expect(lanPortOnce(worldRunning(place(tcp(53, { address: "192.168.40.99" })))).map((it) => it.rule)).toEqual(["lan-address"]);
  const same = { address: "192.168.40.210" };
  expect(lanPortOnce(worldRunning(place(tcp(53, same)), place(tcp(25, same), { as: "b" }))).map((it) => it.address)).toEqual(["one/b"]);
});

test("on Kind, ports of the host that collide or leave the range are found", () => {
  expect(onKind(tcp(1883), tcp(2883))).toEqual(["host-port-once"]);
  expect(onKind(tcp(5080))).toEqual(["host-port-once"]);
  expect(onKind(tcp(8900))).toEqual(["host-port-range"]);
});

test("ports and addresses of one's own are fine", () => {
  expect(onKind(tcp(1883), tcp(25), tcp(443))).toEqual([]);
  expect(lanPortOnce(worldRunning(place(tcp(53, { address: "192.168.40.210" }))))).toEqual([]);
});
