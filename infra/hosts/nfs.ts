import type { Cluster } from "../../engine/model/cluster";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { meetingPlace } from "../../engine/model/meeting-place";
import { addressOf } from "./managed";

/** A folder that a machine shares, and who may mount it. */
export interface Export {
  readonly path: string;
  readonly clients: readonly string[];
}

const snapshotsOn = ({ pool }: Host): string => `${pool?.mount ?? "/srv"}/k3s-snapshots`;

/** The machine of the house that keeps snapshots, where the lab names one. */
const keeper = ({ backups, hosts }: Lab): Host | undefined => {
  const place = backups?.onsite.find(({ holds }) => holds.includes("k3s-snapshots"));
  return hosts.find(({ name }) => name === place?.host);
};

/** Everything that a machine shares: a folder for each cluster's snapshots, and what Proxmox keeps there. */
export function exportsOf(host: Host, lab: Lab): readonly Export[] {
  const clusters = keeper(lab)?.name === host.name ? lab.clusters.filter(({ distribution }) => distribution.name === "k3s") : [];
  const shares = Object.values(lab.proxmox?.shares ?? {}).flatMap((share) =>
    share.kind === "nfs" && Object.values(host.addresses).includes(share.server) ? [share] : [],
  );
  const hypervisors = (lab.proxmox?.nodes ?? []).flatMap((node) =>
    Object.values(lab.hosts.find(({ name }) => name === node.host)?.addresses ?? {}),
  );
  return [
    ...clusters.map((cluster) => ({
      path: `${snapshotsOn(host)}/${cluster.name}`,
      clients: addressesIn(meetingPlace(host, serversOf(cluster, lab)), serversOf(cluster, lab)),
    })),
    ...shares.map((share) => ({ path: share.export, clients: [...hypervisors].sort() })),
  ];
}

/** What a cluster's servers mount for their snapshots: `192.168.40.20:/srv/pool/k3s-snapshots/forge`. */
export function snapshotShare(cluster: Cluster, lab: Lab): string | undefined {
  const host = keeper(lab);
  return host && `${host.addresses[meetingPlace(host, serversOf(cluster, lab)) ?? ""] ?? addressOf(host)}:${snapshotsOn(host)}/${cluster.name}`;
}

const serversOf = ({ nodes }: Cluster, { hosts }: Lab): readonly Host[] =>
  nodes.filter(({ role }) => role === "control-plane").flatMap((node) => hosts.find(({ name }) => name === node.host) ?? []);

const addressesIn = (network: string | undefined, hosts: readonly Host[]): readonly string[] =>
  hosts.map((host) => host.addresses[network ?? ""] ?? addressOf(host)).sort();
