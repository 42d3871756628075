import { serviceAddress } from "../../engine/checks/manifests/service-address";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const found = (...objects: readonly Manifest[]) => serviceAddress(builtFrom(objects).built).map((it) => it.found);
const balanced = (name: string, address: string, annotations: Readonly<Record<string, string>> = {}): Manifest => ({
  ...object("Service", name, { spec: { type: "LoadBalancer", ports: [{ port: 80 }] } }),
  metadata: { name, namespace: "app", annotations: { "metallb.io/loadBalancerIPs": address, ...annotations } },
});
const onNodes = (name: string, nodePort: number, protocol?: string): Manifest => object("Service", name, { spec: { type: "NodePort", ports: [{ port: 80, nodePort, ...(protocol ? { protocol } : {}) }] } });

test("an address that no pool has, and one that two ask for, are found", () => {
  expect(found(balanced("one", "192.168.40.99"))).toEqual(["Service/one asks for 192.168.40.99"]);
  expect(found(balanced("one", "192.168.40.201"), balanced("two", "192.168.40.201"))).toEqual(["one/app's Service/one and one/app's Service/two ask for 192.168.40.201"]);
});

test("a port of the nodes that none offers, and one that two ask for, are found", () => {
  expect(found(onNodes("one", 8080))).toEqual(["Service/one asks for TCP 8080 of every node"]);
  expect(found(onNodes("one", 32767), onNodes("two", 32767))).toEqual(["one/app's Service/one and one/app's Service/two ask for TCP 32767"]);
});

test("addresses of a pool, one each or shared on purpose, and a port for each protocol are quiet", () => {
  const share = { "metallb.io/allow-shared-ip": "dns" };
  expect(found(balanced("one", "192.168.40.201"), balanced("two", "192.168.40.202"))).toEqual([]);
  expect(found(balanced("one", "192.168.40.201", share), balanced("two", "192.168.40.201", share))).toEqual([]);
  expect(found(onNodes("one", 30000), onNodes("two", 30000, "UDP"))).toEqual([]);
});
