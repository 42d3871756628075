import { clusterComplete } from "../../engine/checks/lab/cluster-complete";
import { clusterOf, labOf } from "../lab-of";

test("a cluster without a control plane, a minor version or an API server's URL is found", () => {
  const findings = clusterComplete(labOf({ clusters: [clusterOf({ nodes: [], kubernetes: "v1.36.3", network: { api: "192.168.40.11" } })] }));
  expect(findings.map((it) => it.rule)).toEqual(["control-plane", "kubernetes-version", "api-address"]);
});

test("two clusters with one API server are found, and two with one each are not", () => {
  const found = (api: string) => clusterComplete(labOf({ clusters: [clusterOf(), clusterOf({ name: "two", network: { api } })] })).map((it) => it.found);
  expect(found("https://192.168.40.11:6443")).toEqual(["one and two both have their API server at https://192.168.40.11:6443"]);
  expect(found("https://192.168.40.12:6443")).toEqual([]);
});

test("a whole cluster is fine", () => {
  expect(clusterComplete(labOf())).toEqual([]);
});
