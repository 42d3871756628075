import type { Node } from "./cluster";
import type { Host } from "./host";
import type { Bytes } from "./quantity";

/**
 * The nodes of a Kind cluster: containers that share one host. Each would report the whole machine, so each declares its share;
 * a check adds up the shares of every cluster on the host.
 */
export function kindNodes(cluster: string, host: Host, count: number, share: { readonly cpu: number; readonly memory: Bytes; readonly ephemeralStorage: Bytes }, roles: Readonly<Record<string, number>> = {}): readonly Node[] {
  const labels = Object.entries(roles).flatMap(([role, many]) => Array.from({ length: many }, () => ({ "hearth.dev/role": role })));
  return Array.from({ length: count }, (_, index): Node => {
    const controlPlane = index === 0;
    return {
      // Kind's own names: https://kind.sigs.k8s.io/docs/user/configuration/
      name: controlPlane ? `${cluster}-control-plane` : index === 1 ? `${cluster}-worker` : `${cluster}-worker${index}`,
      host: host.name,
      role: controlPlane ? "control-plane" : "worker",
      arch: host.arch,
      ...share,
      // Docker hands addresses out; nothing of ours may depend on one.
      address: "",
      disks: [],
      gpus: [],
      labels: controlPlane ? {} : (labels[index - 1] ?? {}),
      taints: controlPlane ? [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] : [],
    };
  });
}
