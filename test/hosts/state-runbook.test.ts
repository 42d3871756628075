import { stateRunbook } from "../../engine/hosts/state-runbook";
import { s3Compatible } from "../../engine/model/offsite";
import { synthesisOf } from "../labs";

const { lab } = synthesisOf("lab").world;
const cluster = (name: string) => lab.clusters.find((it) => it.name === name)!;

test("the way back names the cluster's own servers, the first one first, and both places of its snapshots", () => {
  const text = stateRunbook(cluster("forge"), lab) ?? "";
  expect(text).toContain("hearth-example-forge-k3s-snapshots");
  expect(text.indexOf("ssh ops@forge-1 sudo systemctl start k3s")).toBeLessThan(text.indexOf('ssh ops@forge-2 "sudo rm -rf /var/lib/rancher/k3s/server/db'));
  expect(text).toContain("--etcd-s3=false");
  expect(text).not.toContain("forge-4");
});

test("Google tells of one that is overdue; where nobody does, it says so", () => {
  expect(stateRunbook(cluster("pi"), lab)).toContain("No new copy in hearth-example-pi-k3s-snapshots");
  const offsite = s3Compatible({ endpoint: "https://s3.example.com", region: "eu", bucketPrefix: "home" });
  expect(stateRunbook(cluster("pi"), { ...lab, backups: { ...lab.backups!, offsite } })).toContain("Nothing tells when one is overdue: look into s3.example.com");
});

test("Kind's clusters are made anew from git, and a lab without a plan keeps no snapshots", () => {
  expect(stateRunbook(cluster("studio"), lab)).toBeUndefined();
  const { backups: _backups, ...unplanned } = lab;
  expect(stateRunbook(cluster("forge"), unplanned)).toBeUndefined();
});
