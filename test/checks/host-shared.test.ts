import { hostShared } from "../../engine/checks/lab/host-shared";
import { kind } from "../../engine/model/distribution";
import { kindNodes } from "../../engine/model/kind-nodes";
import { clusterOf, hostOf, labOf } from "../lab-of";

const mac = hostOf({ name: "mac", cpu: 16, memory: "64Gi" });
const onMac = (name: string, count: number) =>
  clusterOf({ name, distribution: kind(), nodes: kindNodes(name, mac, count, { cpu: 2, memory: "6Gi", ephemeralStorage: "50Gi" }) });

test("a host that two clusters name is found", () => {
  const findings = hostShared(labOf({ clusters: [clusterOf(), clusterOf({ name: "two" })] }));
  expect(findings.map((it) => [it.rule, it.address])).toEqual([
    ["host-once", "host one-1"],
    ["host-once", "host one-2"],
  ]);
});

test("Kind nodes of all clusters together must fit their machine", () => {
  const findings = hostShared(labOf({ hosts: [mac], clusters: [onMac("air", 4), onMac("pro", 7)] }));
  expect(findings.map((it) => it.found)).toEqual(["its 11 nodes claim 22 cores", "its 11 nodes claim 66Gi of memory", "its 11 nodes claim 550Gi of its disk"]);
});

test("Kind clusters share a machine that is large enough", () => {
  expect(hostShared(labOf({ hosts: [mac], clusters: [onMac("air", 4), onMac("pro", 4)] }))).toEqual([]);
});
