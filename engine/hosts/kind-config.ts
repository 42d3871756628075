import type { Cluster } from "../model/cluster";
import { routed } from "../model/flow";
import type { Host } from "../model/host";
import { hostPortOf, nodePortOf } from "../model/node-port";
import { bytesFrom, bytesOf } from "../model/quantity";
import type { World } from "../model/resolve";

/**
 * The configuration that a Kind cluster is created from: `kind create cluster --config`. Its port mappings are what lets the
 * LAN in, and they cannot be changed while the cluster lives. https://kind.sigs.k8s.io/docs/user/configuration/
 */
export function kindConfig(cluster: Cluster, world: World): Readonly<Record<string, unknown>> {
  const host = world.lab.hosts.find((it) => it.name === cluster.network.hostPorts?.host);
  return {
    apiVersion: "kind.x-k8s.io/v1alpha4",
    kind: "Cluster",
    name: cluster.name,
    networking: {
      podSubnet: cluster.network.pods,
      serviceSubnet: cluster.network.services,
      ...(cluster.distribution.cni.name === "kindnet" ? {} : { disableDefaultCNI: true }),
      ...(cluster.distribution.cni.replacesKubeProxy ? { kubeProxyMode: "none" } : {}),
    },
    ...(host ? { kubeadmConfigPatches: [`${kubeletPatch(cluster, host)}`] } : {}),
    nodes: cluster.nodes.map((node) => ({
      role: node.role,
      ...(Object.keys(node.labels).length ? { labels: node.labels } : {}),
      ...(node.role === "control-plane" ? { extraPortMappings: mappings(cluster, world) } : {}),
    })),
  };
}

function mappings(cluster: Cluster, world: World) {
  const { hostPorts } = cluster.network;
  if (!hostPorts) return [];
  const reached = world
    .releasesOn(cluster)
    .flatMap((release) => Object.values(release.needs.exposes ?? {}))
    .filter((endpoint) => endpoint.reach !== "cluster" && !routed(endpoint));
  return reached
    .map((endpoint) => ({ containerPort: nodePortOf(endpoint), hostPort: hostPortOf(endpoint, hostPorts), protocol: endpoint.scheme === "udp" ? "UDP" : "TCP" }))
    .sort((a, b) => a.hostPort - b.hostPort);
}

/** Every node would report the whole machine; what is not its share is reserved, so that the scheduler counts right. */
function kubeletPatch(cluster: Cluster, host: Host): string {
  const share = cluster.nodes[0];
  if (!share) return "";
  const memory = bytesFrom(bytesOf(host.memory) - bytesOf(share.memory));
  return ["kind: KubeletConfiguration", "systemReserved:", `  cpu: "${host.cpu - share.cpu}"`, `  memory: ${memory}`, ""].join("\n");
}
