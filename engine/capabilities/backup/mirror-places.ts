import { bucketNameOf } from "../../model/backup-target";
import { federated, federatedHosts, type Federation } from "../../model/federated";
import type { SecretGrant } from "../../model/grants";
import { addresses, internet, vault, type Peer, type VaultSecret } from "../../model/needs";
import { onsiteBuckets } from "../../model/onsite-s3";
import type { Site } from "../../model/site";

/** Where copies of a cluster's buckets go, as rclone is told. */
export interface MirrorPlace {
  /** What rclone calls it: letters, digits and underscores. */
  readonly remote: string;
  readonly bucket: string;
  /** For people: `hearth-forge-object-mirror in Google Cloud`. */
  readonly where: string;
  /** rclone's settings of it; a secret by its name among the release's. */
  readonly settings: Readonly<Record<string, string | { readonly secret: string }>>;
  readonly secrets: Readonly<Record<string, VaultSecret>>;
  /** Whom it takes to reach it. */
  readonly peers: (from: string) => Readonly<Record<string, Peer>>;
  /** What it shows, where no public authority signed that. */
  readonly certificate?: string;
  readonly federation?: Federation;
}

export const credentialsFile = "/etc/google/credentials.json";

/** The bucket away first, then those in the house. */
export function mirrorPlaces(site: Site, projectNumber: string | undefined): readonly MirrorPlace[] {
  const { lab, cluster } = site;
  return [...away(site, projectNumber), ...onsiteBuckets(cluster, lab, "object-mirror").map((it): MirrorPlace => {
    const remote = `near_${it.place.replace(/[^a-z0-9]/g, "_")}`;
    return {
      remote,
      bucket: it.bucket,
      where: `${it.bucket} on ${it.host}`,
      settings: { ...s3, PROVIDER: "Other", ENDPOINT: `https://${it.address}:${it.port}`, REGION: "us-east-1", ACCESS_KEY_ID: it.accessKey, SECRET_ACCESS_KEY: { secret: `mirror-${it.place}` } },
      secrets: { [`mirror-${it.place}`]: vault(it.vaultKey) },
      peers: (from) => ({ [`${from}-${it.place}`]: addresses([`${it.address}/32`], it.port, { from }) }),
      certificate: it.certificate,
    };
  })];
}

/** Buckets are made by whoever plans them: nobody here may make one. https://rclone.org/s3/#s3-no-check-bucket */
const s3 = { TYPE: "s3", NO_CHECK_BUCKET: "true" } as const;

function away(site: Site, projectNumber: string | undefined): readonly MirrorPlace[] {
  const offsite = site.lab.backups?.offsite;
  if (!offsite) return [];
  const target = { owner: site.cluster.name, writer: "object-mirror", worth: "precious" } as const;
  const bucket = bucketNameOf(offsite, target);
  if (offsite.kind === "gcs")
    return [
      {
        remote: "offsite",
        bucket,
        where: `${bucket} in Google Cloud`,
        // https://rclone.org/googlecloudstorage/: its buckets know no rights of single objects.
        settings: { TYPE: "google cloud storage", ENV_AUTH: "true", BUCKET_POLICY_ONLY: "true", NO_CHECK_BUCKET: "true" },
        secrets: {},
        peers: (from) => Object.fromEntries(federatedHosts.map((host) => [`${from}-${host}`, internet(host, { from })])),
        federation: federated(site, target, offsite, projectNumber),
      },
    ];
  const { hostname, port } = new URL(offsite.endpoint);
  return [
    {
      remote: "offsite",
      bucket,
      where: `${bucket} at ${hostname}`,
      settings: { ...s3, PROVIDER: "Other", ENDPOINT: offsite.endpoint, REGION: offsite.region, ACCESS_KEY_ID: { secret: "mirrorAccessKey" }, SECRET_ACCESS_KEY: { secret: "mirrorSecretKey" } },
      secrets: { mirrorAccessKey: vault(`${bucket}-access-key`), mirrorSecretKey: vault(`${bucket}-secret-key`) },
      peers: (from) => ({ [`${from}-${hostname}`]: internet(hostname, { port: Number(port) || 443, from }) }),
    },
  ];
}

/** A place's settings as variables: https://rclone.org/docs/#config-file */
export const placeVariables = ({ remote, settings }: MirrorPlace, secrets: Readonly<Record<string, SecretGrant>>): Readonly<Record<string, string | SecretGrant>> =>
  remoteVariables(remote, Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => {
    const given = typeof value === "string" ? value : secrets[value.secret];
    return given === undefined ? [] : [[name, given]];
  })));

export const remoteVariables = (remote: string, settings: Readonly<Record<string, string | SecretGrant>>): Readonly<Record<string, string | SecretGrant>> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`RCLONE_CONFIG_${remote.toUpperCase()}_${name}`, value]));
