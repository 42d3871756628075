import { synthesize } from "../../engine/synth";
import { referenceKnown } from "../../engine/checks/lab/reference-known";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf, twoHosts } from "../lab-of";
import { importsDir, labs } from "../labs";

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

test("whoever looks for a network that is not there leaves it to be found", () => {
  const lab = labs["lab"];
  if (!lab) throw new Error("no lab");
  for (const { name } of lab.networks) {
    const { findings, tree } = synthesize({ ...lab, networks: lab.networks.filter((it) => it.name !== name) }, importsDir);
    expect(tree.size).toBe(0);
    expect(findings.map(({ rule }) => rule)).toContain("reference-known");
  }
});
