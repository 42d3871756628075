import { bucketNameOf, copiesKept } from "../model/backup-target";
import type { Backups } from "../model/backups";
import type { Cluster, Node } from "../model/cluster";
import { cronOf } from "../model/cron";
import type { BundledComponent } from "../model/distribution";
import type { Lab } from "../model/lab";
import type { Offsite } from "../model/offsite";

/** Where a node finds what Ansible puts there besides its configuration. */
export const k3sFiles = {
  config: "/etc/rancher/k3s/config.yaml",
  token: "/etc/rancher/k3s/token",
  auditPolicy: "/etc/rancher/k3s/audit-policy.yaml",
  auditLog: "/var/log/k3s/audit.log",
  /** A share of the machine that keeps copies, so that a snapshot outlives its node. */
  snapshots: "/var/lib/hearth/snapshots",
} as const;

/**
 * What k3s is started with on one node: `/etc/rancher/k3s/config.yaml`. Keys are flags of `k3s server` and `k3s agent`.
 * https://docs.k3s.io/installation/configuration#configuration-file
 */
export function k3sConfig(cluster: Cluster, node: Node, lab: Lab): Readonly<Record<string, unknown>> {
  const first = cluster.nodes.find(({ role }) => role === "control-plane");
  const joins = node.name !== first?.name;
  return {
    "token-file": k3sFiles.token,
    // Any control plane answers: the first one made the cluster, and need not be there for ever.
    ...(joins ? { server: cluster.network.api } : {}),
    "node-name": node.name,
    "node-ip": [node.address],
    ...(Object.keys(node.labels).length
      ? {
          "node-label": Object.entries(node.labels)
            .map(([key, value]) => `${key}=${value}`)
            .sort(),
        }
      : {}),
    ...(node.taints.length
      ? { "node-taint": node.taints.map(({ key, value, effect }) => `${key}${value === undefined ? "" : `=${value}`}:${effect}`) }
      : {}),
    // What the hardening guide asks of every node: https://docs.k3s.io/security/hardening-guide
    "protect-kernel-defaults": true,
    "kubelet-arg": ["pod-max-pids=4096", "streaming-connection-idle-timeout=5m"],
    ...(node.role === "control-plane" ? serverConfig(cluster, joins, lab) : {}),
  };
}

function serverConfig(cluster: Cluster, joins: boolean, { backups }: Lab): Readonly<Record<string, unknown>> {
  const { network, distribution, nodes } = cluster;
  const addresses = nodes.filter(({ role }) => role === "control-plane").map(({ address }) => address);
  return {
    // Even alone, because only etcd takes snapshots, and only etcd can be joined later.
    ...(joins ? {} : { "cluster-init": true }),
    "cluster-cidr": [network.pods],
    "service-cidr": [network.services],
    "cluster-dns": [dnsAddress(network.services)],
    "tls-san": [...new Set([new URL(network.api).hostname, ...addresses])].sort(),
    ...(distribution.cni.name === "flannel" ? {} : { "flannel-backend": "none", "disable-network-policy": true }),
    ...(distribution.cni.replacesKubeProxy ? { "disable-kube-proxy": true } : {}),
    ...(distribution.disables.length ? { disable: distribution.disables.map(packaged).sort() } : {}),
    "write-kubeconfig-mode": "0600",
    "secrets-encryption": true,
    "kube-apiserver-arg": [
      `audit-log-path=${k3sFiles.auditLog}`,
      `audit-policy-file=${k3sFiles.auditPolicy}`,
      "audit-log-maxage=30",
      "audit-log-maxbackup=10",
      "audit-log-maxsize=100",
    ],
    ...(backups ? snapshots(cluster, backups) : {}),
  };
}

/** k3s calls its local-path provisioner otherwise than the component. */
const packaged = (component: BundledComponent): string => (component === "local-path" ? "local-storage" : component);

/** The tenth address of the Services, as k3s itself would choose; both must agree with it. */
function dnsAddress(services: string): string {
  const parts = (services.split("/")[0] ?? "").split(".");
  return [...parts.slice(0, 3), String(Number(parts[3]) + 10)].join(".");
}

/**
 * Snapshots of etcd: onto a share of the house, and from there off site. The keys come from the environment
 * (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY); off site a lifecycle rule deletes, because this account may not.
 */
function snapshots({ name }: Cluster, { offsite, onsite, plans }: Backups): Readonly<Record<string, unknown>> {
  const plan = plans["k3s-snapshots"];
  const kept = copiesKept(plan);
  return {
    "etcd-snapshot-schedule-cron": cronOf(plan.every) ?? "0 */12 * * *",
    "etcd-snapshot-retention": kept,
    "etcd-snapshot-compress": true,
    ...(onsite.some(({ holds }) => holds.includes("k3s-snapshots")) ? { "etcd-snapshot-dir": k3sFiles.snapshots } : {}),
    "etcd-s3": true,
    "etcd-s3-endpoint": s3Endpoint(offsite),
    "etcd-s3-region": offsite.kind === "gcs" ? "auto" : offsite.region,
    "etcd-s3-bucket": bucketNameOf(offsite, { owner: name, writer: "k3s-snapshots", worth: "precious" }),
    // Never reached: the bucket forgets first. https://docs.k3s.io/cli/etcd-snapshot#s3-retention
    "etcd-s3-retention": 2 * kept,
  };
}

/** Cloud Storage speaks S3 to holders of an HMAC key: https://cloud.google.com/storage/docs/interoperability */
const s3Endpoint = (offsite: Offsite): string => (offsite.kind === "gcs" ? "storage.googleapis.com" : new URL(offsite.endpoint).host);
