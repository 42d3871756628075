import type { Chart } from "cdk8s";
import { reference } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { clusterPermissions, namespacePermissions } from "./operator-permissions";
import type { GpuOperatorSettings } from "./settings";

/** controller-runtime's defaults, which it keeps: cmd/gpu-operator/main.go. */
export const operatorPorts = { metrics: 8080, health: 8081 } as const;

/** Makes a node's driver, runtime, device plugin and exporter from one custom resource, and keeps them whole. */
export function operator(chart: Chart, { image, driverManagerImage }: GpuOperatorSettings): void {
  new Workload(chart, "gpu-operator", {
    image,
    command: ["gpu-operator"],
    args: ["--leader-elect", "--zap-log-level=info"],
    env: {
      // Empty is every namespace: pods with a GPU stand wherever their apps do.
      WATCH_NAMESPACE: "",
      OPERATOR_NAMESPACE: { field: "metadata.namespace" },
      DRIVER_MANAGER_IMAGE: reference(driverManagerImage),
      VALIDATOR_IMAGE: reference(image),
    },
    ports: operatorPorts,
    // The image's own user.
    user: 1000,
    mounts: { "/tmp": scratch("tmp", "64Mi") },
    resources: { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" },
    account: new Account(chart, "gpu-operator", { documented: "deployments/gpu-operator/templates/clusterrole.yaml and role.yaml of gpu-operator", cluster: clusterPermissions, here: namespacePermissions }),
    probes: { ready: http("/readyz", operatorPorts.health), live: http("/healthz", operatorPorts.health) },
  });
}
