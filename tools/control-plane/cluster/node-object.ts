import type { KubernetesObject } from "../kubernetes/object";
import type { ClusterUnderTest, NodeUnderTest } from "./cluster-under-test";

/** The Node that a kubelet would register; KWOK keeps it alive. */
export function nodeObject(cluster: ClusterUnderTest, node: NodeUnderTest): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      labels: { "kubernetes.io/hostname": node.name, "kubernetes.io/os": "linux", "kubernetes.io/arch": node.arch, ...node.labels },
    },
    spec: { taints: node.taints },
    status: {
      capacity: node.allocatable,
      allocatable: node.allocatable,
      nodeInfo: {
        architecture: node.arch,
        operatingSystem: "linux",
        kubeletVersion: cluster.kubernetesVersion,
        ...Object.fromEntries(["bootID", "containerRuntimeVersion", "kernelVersion", "kubeProxyVersion", "machineID", "osImage", "systemUUID"].map((field) => [field, ""])),
      },
    },
  };
}
