import { clusterComplete } from "../../engine/checks/lab/cluster-complete";
import { clusterOf, labOf } from "../lab-of";

test("a cluster without a control plane, a minor version or an API server's URL is found", () => {
  const findings = clusterComplete(labOf({ clusters: [clusterOf({ nodes: [], kubernetes: "v1.36.3", network: { api: "192.168.40.11" } })] }));
  expect(findings.map((it) => it.rule)).toEqual(["control-plane", "kubernetes-version", "api-address"]);
});

test("a whole cluster is fine", () => {
  expect(clusterComplete(labOf())).toEqual([]);
});
