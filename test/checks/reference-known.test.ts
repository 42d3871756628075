import { referenceKnown } from "../../engine/checks/lab/reference-known";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf, twoHosts } from "../lab-of";

test("names of a network, host, cluster or app that is not there are found, with what was probably meant", () => {
  const gitops = { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "on" } as const;
  const hosts = [...twoHosts, hostOf({ name: "nas", addresses: { lam: "192.168.40.9" } })];
  const findings = referenceKnown(
    labOf({ gitops, hosts, environments: { staging: { appp: {} } }, clusters: [clusterOf({ runs: [place(appOf())], network: { nodes: "dmz" } })] }),
  );
  expect(findings.map((it) => [it.address, it.fix])).toEqual([
    ["lab", 'Write "one"'],
    ["host nas", 'Write "lan"'],
    ["lab", 'Write "app"'],
    ["one", 'Describe "dmz", or name what is there'],
  ]);
});

test("names that are there are fine", () => {
  expect(referenceKnown(labOf())).toEqual([]);
});
