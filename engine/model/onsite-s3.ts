import type { OnsiteCopy } from "./backups";
import type { Cluster } from "./cluster";
import type { Host } from "./host";
import type { Lab } from "./lab";
import { meetingPlace } from "./meeting-place";
import type { Writer } from "./writer";

/**
 * A service that speaks S3 on a machine of the house, for tools that speak nothing else. Each cluster has a process, a port, a
 * folder and a key of its own there: a stolen key opens one cluster's copies.
 */
export interface OnsiteS3 {
  /** Below it lies a folder for each cluster: `/srv/pool/copies`. */
  readonly folder: string;
  /** Where each cluster's process listens, by the cluster's name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Whom callers trust, as PEM. The machine makes key and certificate itself; only the certificate stands here. */
  readonly certificate: string;
}

/** One cluster's bucket on one machine of the house. */
export interface OnsiteBucket {
  /** The place's name in the lab's plan. */
  readonly place: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly folder: string;
  readonly certificate: string;
  readonly bucket: string;
  /** The public half of its key; the other is in the vault under `vaultKey`. */
  readonly accessKey: string;
  readonly vaultKey: string;
}

/** Tools that write there, with the name of each one's bucket in each cluster's own folder. */
export const onsiteNames = { velero: "velero", "object-mirror": "objects" } as const satisfies Partial<Record<Writer, string>>;

export type OnsiteWriter = keyof typeof onsiteNames;

/** Where in the house a tool copies a cluster's data to: Velero its volumes, unless another is named. */
export const onsiteBuckets = (cluster: Cluster, lab: Lab, writer: OnsiteWriter = "velero"): readonly OnsiteBucket[] =>
  (lab.backups?.onsite ?? []).flatMap((place) => onsiteBucket(place, cluster, lab, writer) ?? []);

function onsiteBucket({ name, host, holds, s3 }: OnsiteCopy, cluster: Cluster, lab: Lab, writer: OnsiteWriter): OnsiteBucket | undefined {
  const port = s3?.ports[cluster.name];
  const machine = lab.hosts.find((it) => it.name === host);
  if (!holds.includes(writer) || s3 === undefined || port === undefined || machine === undefined) return undefined;
  return {
    place: name,
    host,
    address: addressFor(machine, cluster, lab),
    port,
    folder: `${s3.folder}/${cluster.name}`,
    certificate: s3.certificate,
    bucket: onsiteNames[writer],
    accessKey: cluster.name,
    vaultKey: `${name}-velero-${cluster.name}`,
  };
}

const addressFor = (host: Host, { nodes }: Cluster, { hosts }: Lab): string => {
  const others = nodes.flatMap((node) => hosts.find(({ name }) => name === node.host) ?? []);
  return host.addresses[meetingPlace(host, others) ?? ""] ?? Object.values(host.addresses)[0] ?? "";
};
