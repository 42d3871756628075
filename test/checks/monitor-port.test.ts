import { monitorPort } from "../../engine/checks/manifests/monitor-port";
import { builtFrom } from "../lab-of";
import { deployment, labels, object } from "./objects";

const service = object("Service", "app", { metadata: { name: "app", namespace: "app", labels }, spec: { ports: [{ name: "metrics", port: 9100 }] } });
const monitor = (kind: "ServiceMonitor" | "PodMonitor", port: string) =>
  object(kind, "app", { apiVersion: "monitoring.coreos.com/v1", spec: { selector: { matchLabels: labels }, [kind === "PodMonitor" ? "podMetricsEndpoints" : "endpoints"]: [{ port }] } });
const found = (...objects: Parameters<typeof builtFrom>[0]) => monitorPort(builtFrom(objects).built).map((it) => `${it.found}; ${it.expected}`);

test("a port that no selected Service has is named, with those there are", () => {
  expect(found(service, monitor("ServiceMonitor", "metric"))).toEqual(['ServiceMonitor/app scrapes port "metric"; a port of what it selects: metrics']);
});

test("a port of the pods is one for a PodMonitor", () => {
  expect(found(deployment(), monitor("PodMonitor", "web"))).toEqual([]);
  expect(found(deployment(), monitor("PodMonitor", "metrics"))).toHaveLength(1);
});

test("a port that is there is right, and what selects nothing is another check's", () => {
  expect(found(service, monitor("ServiceMonitor", "metrics"))).toEqual([]);
  expect(found(monitor("ServiceMonitor", "metrics"))).toEqual([]);
});
