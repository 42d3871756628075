import type { Made } from "../../engine/model/makes";
import { requestsOf, resourcesOf, type Takes } from "../../engine/workload/takes";
import { driverName, type DriverKind } from "./driver-kind";

const plugin: Takes = { cpu: "50m", memory: "128Mi", limit: "1Gi" };
const sidecar: Takes = { cpu: "10m", memory: "64Mi", limit: "256Mi" };
const registrar: Takes = { cpu: "5m", memory: "32Mi", limit: "128Mi" };

/** Sidecars that each do one thing Kubernetes asks for. */
const sidecars = ["provisioner", "attacher", "resizer", "snapshotter"] as const;

export const controllerTakes = { plugin: resourcesOf(plugin), ...Object.fromEntries(sidecars.map((name) => [name, resourcesOf(sidecar)])) };
export const nodePluginTakes = { plugin: resourcesOf(plugin), registrar: resourcesOf(registrar) };

/** The pods of one driver, as the operator makes them: internal/controller/driver_controller.go at v1.0.4. */
export const driverPods = (namespace: string, kind: DriverKind, controllers: number): readonly Made[] => [
  {
    component: `${kind}-controller`,
    labels: { app: `${driverName(namespace, kind)}-ctrlplugin` },
    count: controllers,
    requests: requestsOf([plugin, ...sidecars.map(() => sidecar)]),
    exempt: {
      "host-path": "it knows the node's devices and kernel modules",
      root: "the driver's image knows no other user",
      "privilege-escalation": "the operator does not say otherwise",
    },
  },
  {
    component: `${kind}-node`,
    labels: { app: `${driverName(namespace, kind)}-nodeplugin` },
    count: "per-node",
    requests: requestsOf([plugin, registrar]),
    hostNetwork: true,
    exempt: {
      privileged: "it mounts volumes into the node's own tree, for the kubelet and every pod there",
      "host-network": "a mount outlives the pod that made it, and with it the connection",
      "host-path": "volumes are mounted below the kubelet's directory",
      root: "only root mounts",
      ...(kind === "rbd" ? { "host-pid": "a block device is mapped and unmapped in the node's own process tree" } : {}),
    },
  },
];
