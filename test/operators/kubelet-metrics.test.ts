import { metricsOf } from "../../tools/operators/pods/kubelet-metrics";

const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "server-0", namespace: "web" }, spec: { containers: [{ name: "server" }, { name: "sidecar" }] } };

test("a kubelet tells what its node and each container of its pods use, more each time", () => {
  const at = (now: number) => metricsOf("/metrics/resource", "one", [pod], 0, now).split("\n");
  expect(at(100_000)).toEqual(expect.arrayContaining(["node_cpu_usage_seconds_total 2.000 100000", 'container_cpu_usage_seconds_total{container="sidecar",namespace="web",pod="server-0"} 2.000 100000']));
  expect(at(200_000)).toContain("node_cpu_usage_seconds_total 3.000 200000");
});

test("of a node without pods it tells the node", () => {
  expect(metricsOf("/metrics/resource", "one", [], 0, 0)).not.toContain("container_");
});

test("elsewhere it answers with its name", () => {
  expect(metricsOf("/metrics/cadvisor", "one", [pod], 0, 0)).toBe('kubelet_node_name{node="one"} 1\n');
});
