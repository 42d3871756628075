import { nodeOn } from "../../engine/model/cluster";
import { defineCluster } from "../../engine/model/lab";
import { foundation, onBareMetal } from "../foundation";
import { hosts } from "../hosts";
import { bareMetalK3s, bareMetalProvides } from "../k3s-cluster";

export const pi = defineCluster({
  name: "pi",
  role: "the edge: sensors, gateways, and what must run when the rack is off",
  environment: "production",
  distribution: bareMetalK3s,
  kubernetes: "1.36",
  network: {
    nodes: "edge",
    pods: "10.13.0.0/16",
    services: "10.113.0.0/16",
    api: "https://192.168.50.11:6443",
    pools: { lan: "192.168.50.200-192.168.50.219" },
    ingress: "192.168.50.200",
  },
  nodes: hosts.pis.map((host, index) => nodeOn(host, { network: "edge", role: index < 3 ? "control-plane" : "worker", labels: { "hearth.dev/role": "edge" } })),
  provides: bareMetalProvides,
  runs: [...foundation({ space: "15Gi", retention: "15d", scrapeInterval: "60s", cpu: "100m", memory: "768Mi" }), ...onBareMetal()],
});
