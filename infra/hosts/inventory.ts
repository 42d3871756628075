import type { Cluster, Node } from "../../engine/model/cluster";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { adminKeys } from "../admin-keys";
import { poolVars } from "./disk-pool";
import { k3sRelease } from "./k3s-release";
import { addressOf, managedHosts } from "./managed";
import { copiesVars } from "./copies";
import { exportsOf, snapshotShare } from "./nfs";
import { resticJobs } from "./restic";
import { memberOf } from "./wireguard";

type Group = {
  readonly hosts?: Readonly<Record<string, object>>;
  readonly children?: Readonly<Record<string, object>>;
  readonly vars?: object;
};

/**
 * Ansible's inventory: which machines there are, what each is, and what its roles need to know. Paths are below the folder that
 * holds the inventory's own. https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 */
export function inventory(lab: Lab): Readonly<Record<string, unknown>> {
  const hosts = managedHosts(lab);
  const clusters = lab.clusters.filter(({ distribution }) => distribution.name === "k3s");
  const named = (some: readonly Host[]): Group => ({ hosts: Object.fromEntries(some.map(({ name }) => [name, {}])) });
  const groups: Readonly<Record<string, Group>> = {
    machines: { hosts: Object.fromEntries(hosts.map((host) => [host.name, hostVars(host, lab)])) },
    ...Object.fromEntries(clusters.map((cluster) => [groupOf(cluster), clusterGroup(cluster, lab)])),
    k3s: { children: Object.fromEntries(clusters.map((cluster) => [groupOf(cluster), {}])) },
    virtual_machines: named(hosts.filter(({ vm }) => vm)),
    pools: named(hosts.filter(({ pool }) => pool)),
    nfs_servers: named(hosts.filter((host) => exportsOf(host, lab).length > 0)),
    copies: named(hosts.filter((host) => copiesVars(host, lab))),
    restic: named(hosts.filter((host) => resticJobs(host, lab).length > 0)),
    wireguard: named(hosts.filter((host) => memberOf(host, lab))),
    // Where an operator brings the driver, the machine must not.
    nvidia: named(hosts.filter((host) => bringsOwnDriver(host, lab))),
  };
  return { all: { vars: { ansible_user: "ops", lab_domain: lab.domain, base_admin_keys: adminKeys(lab) }, children: groups } };
}

/** Groups are variables too: no dash. */
const groupOf = ({ name }: Cluster): string => `cluster_${name.replaceAll("-", "_")}`;

function clusterGroup(cluster: Cluster, lab: Lab): Group {
  const group = groupOf(cluster);
  const of = (role: Node["role"]): object => ({
    hosts: Object.fromEntries(cluster.nodes.filter((node) => node.role === role).map(({ host }) => [host, {}])),
  });
  const first = cluster.nodes.find(({ role }) => role === "control-plane");
  const share = snapshotShare(cluster, lab);
  return {
    vars: {
      k3s_cluster: cluster.name,
      k3s_version: k3sRelease(cluster.kubernetes),
      k3s_first_server: first?.host ?? "",
      ...(share ? { k3s_snapshot_share: share } : {}),
    },
    children: { [`${group}_servers`]: of("control-plane"), [`${group}_agents`]: of("worker") },
  };
}

function hostVars(host: Host, lab: Lab): Readonly<Record<string, unknown>> {
  const place = lab.clusters.flatMap((cluster) =>
    cluster.nodes.filter((node) => node.host === host.name).map((node) => ({ cluster, node })),
  )[0];
  const restic = resticJobs(host, lab);
  const nfs = exportsOf(host, lab);
  const member = memberOf(host, lab);
  return {
    ansible_host: addressOf(host),
    ...(place && place.cluster.distribution.name === "k3s"
      ? { k3s_server: place.node.role === "control-plane", k3s_config: `k3s/${place.cluster.name}/${place.node.name}.yaml` }
      : {}),
    ...(host.pool ? poolVars(host) : {}),
    ...(nfs.length ? { nfs_exports: nfs } : {}),
    ...(copiesVars(host, lab) ?? {}),
    ...(restic.length ? { restic_jobs: restic } : {}),
    ...(member ? { wireguard_config: `wireguard/${member.name}.conf`, wireguard_public_key: member.publicKey } : {}),
  };
}

function bringsOwnDriver({ name, gpus = [] }: Host, { clusters }: Lab): boolean {
  const cluster = clusters.find(({ nodes }) => nodes.some(({ host }) => host === name));
  return gpus.some(({ vendor }) => vendor === "nvidia") && cluster?.provides.gpu?.backedBy === undefined;
}
