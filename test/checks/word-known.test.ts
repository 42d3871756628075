import { wordKnown } from "../../engine/checks/lab/word-known";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf } from "../lab-of";

test("a word that its closed set does not have is found, with what was probably meant", () => {
  const cluster = clusterOf({ environment: "prod" as never, runs: [place(appOf(), { environment: "stageing" as never }), place(appOf({ name: "other" }), { enforcement: "off" as never })] });
  const findings = wordKnown(labOf({ gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "percluster" as never, hub: "one" }, hosts: [hostOf({ arch: "x86_64" as never })], clusters: [cluster] }));
  expect(findings.map(({ address, found, fix }) => [address, found, fix])).toEqual([
    ["lab", 'gitops.mode = "percluster"', 'Write "perCluster"'],
    ["host one-1", 'arch = "x86_64"', "Choose one of them"],
    ["one", 'environment = "prod"', 'Write "production"'],
    ["one/app", 'environment = "stageing"', 'Write "staging"'],
    ["one/other", 'enforcement = "off"', "Choose one of them"],
  ]);
});

test("words of their sets are fine", () => {
  expect(wordKnown(labOf({ clusters: [clusterOf({ runs: [place(appOf(), { environment: "development", enforcement: "observe" })] })] }))).toEqual([]);
});
