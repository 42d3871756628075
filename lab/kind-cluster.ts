import { issuedBy } from "../apps/cert-manager/provides";
import { prometheusMonitoring } from "../apps/prometheus-operator/provides";
import { traefikIngress } from "../apps/traefik/provides";
import { localPath } from "../engine/capabilities/storage/local-path";
import type { Cluster } from "../engine/model/cluster";
import { kind } from "../engine/model/distribution";
import { kindNodes } from "../engine/model/kind-nodes";
import type { Placement } from "../engine/model/placement";
import type { Provides } from "../engine/model/provides";
import type { Bytes } from "../engine/model/quantity";
import { buckets } from "./buckets";
import { hosts } from "./hosts";
import { secrets } from "./secrets";

interface KindCluster extends Pick<Cluster, "name" | "role" | "environment" | "retired"> {
  /** Tells the clusters of the Mac apart: CIDRs and host ports follow from it. */
  readonly index: number;
  readonly nodes: number;
  readonly share: { readonly cpu: number; readonly memory: Bytes };
  /** How many workers carry each role's label. */
  readonly roles: Readonly<Record<string, number>>;
  readonly runs: readonly Placement[];
  /** What this one has besides. */
  readonly provides?: Partial<Provides>;
}

/** A Kind cluster on the Mac. The three differ in size and in what they run; how they meet needs is the same. */
export function kindCluster({ name, role, environment, index, nodes, share, roles, runs, retired = [], provides }: KindCluster): Cluster {
  const distribution = kind();
  const local = localPath(distribution);
  const ports = 21000 + index * 1000;
  return {
    name,
    role,
    environment,
    distribution,
    kubernetes: "1.36",
    network: {
      nodes: "docker",
      pods: `10.${10 + index}.0.0/16`,
      services: `10.${110 + index}.0.0/16`,
      // Kind's nodes share one Docker network with the hub's: its pods reach the other control planes by container name.
      api: `https://${name}-control-plane:6443`,
      hostPorts: { host: hosts.mac.name, from: ports, to: ports + 999, http: ports + 80, https: ports + 443 },
    },
    nodes: kindNodes(name, hosts.mac, nodes, { ...share, ephemeralStorage: "80Gi" }, roles),
    provides: {
      storage: { precious: local, rebuildable: local },
      ingress: traefikIngress(),
      certificates: issuedBy("lab-ca"),
      secrets,
      buckets,
      metrics: prometheusMonitoring(),
      ...provides,
    },
    runs,
    retired,
  };
}
