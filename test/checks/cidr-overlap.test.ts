import { cidrOverlap } from "../../engine/checks/lab/cidr-overlap";
import { clusterOf, labOf } from "../lab-of";

test("pods of one cluster and services of another may not share addresses", () => {
  const findings = cidrOverlap(
    labOf({ clusters: [clusterOf(), clusterOf({ name: "two", network: { pods: "10.0.0.0/13", services: "10.43.128.0/17" } })] }),
  );
  expect(findings.map((it) => it.found)).toEqual(["two's services (10.43.128.0/17) and one's services (10.43.0.0/16) share addresses"]);
});

test("what is no network is found: a host's address, too long a prefix, no address at all", () => {
  const network = (cidr: string) => ({ name: "lan", cidr });
  for (const cidr of ["192.168.40.7/24", "192.168.40.0/33", "lan", "192.168.40.0"])
    expect(cidrOverlap(labOf({ networks: [network(cidr)] })).map((it) => it.rule)).toEqual(["cidr-valid"]);
});

test("neighbouring networks do not overlap", () => {
  expect(cidrOverlap(labOf({ clusters: [clusterOf({ network: { pods: "10.42.0.0/17", services: "10.42.128.0/17" } })] }))).toEqual([]);
});
