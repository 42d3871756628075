import { bucketNameOf } from "../../engine/model/backup-target";
import { federated, federatedHosts, type Federation } from "../../engine/model/federated";
import type { BucketGrant, SecretGrant } from "../../engine/model/grants";
import type { Image } from "../../engine/model/image";
import { bucket, internet, rebuildable, vault, type InternetPeer } from "../../engine/model/needs";
import type { GoogleCloud } from "../../engine/model/offsite";
import type { Site } from "../../engine/model/site";
import type { VeleroSettings } from "./settings";

/** Where the copies of one cluster go, as Velero's BackupStorageLocation says it. */
export interface Location {
  readonly provider: "aws" | "gcp";
  readonly plugin: Image;
  readonly bucket: string;
  readonly config: Readonly<Record<string, string>>;
  /** Set on the server and the node agents; the pods that they make inherit it. */
  readonly env: Readonly<Record<string, string | SecretGrant>>;
  /** Google's description of whom the pods' own token stands for. */
  readonly federation?: Federation;
}

export const federationDirectory = "/etc/velero/google";

const target = (site: Site) => ({ owner: site.cluster.name, writer: "velero", worth: "precious" }) as const;

/** What the location asks of the cluster: keys of a planned S3 bucket, or a bucket of the cluster's own provider, or neither. */
export function locationNeeds(site: Site, { space }: VeleroSettings) {
  const offsite = site.lab.backups?.offsite;
  const key = (half: string) => vault(`${offsite ? bucketNameOf(offsite, target(site)) : ""}-${half}`);
  return {
    // A copy is nothing precious: nobody copies it in turn.
    stores: { copies: offsite ? undefined : bucket(rebuildable(space)) },
    secrets: {
      accessKey: offsite?.kind === "s3" ? key("access-key") : undefined,
      secretKey: offsite?.kind === "s3" ? key("secret-key") : undefined,
    },
  };
}

/** Hosts that whoever reads and writes copies must reach; a bucket of the cluster's provider brings its own. */
export function locationHosts(site: Site): readonly InternetPeer[] {
  const offsite = site.lab.backups?.offsite;
  if (offsite?.kind === "gcs") return federatedHosts.map((host) => internet(host));
  if (!offsite) return [];
  const { hostname, port, protocol } = new URL(offsite.endpoint);
  return [internet(hostname, { port: Number(port) || (protocol === "http:" ? 80 : 443) })];
}

interface Granted {
  readonly copies?: BucketGrant | undefined;
  readonly accessKey?: SecretGrant | undefined;
  readonly secretKey?: SecretGrant | undefined;
}

export function locationOf(site: Site, settings: VeleroSettings, granted: Granted): Location {
  const offsite = site.lab.backups?.offsite;
  if (offsite?.kind === "gcs") return googleLocation(site, settings, offsite);
  const { copies } = granted;
  if (copies)
    return s3Location(settings, copies.bucketName, `${copies.insecure ? "http" : "https"}://${copies.endpoint}`, copies.region, copies.accessKey, copies.secretKey);
  if (!offsite || !granted.accessKey || !granted.secretKey) throw new Error(`${site.cluster.name}: copies have no place to go`);
  return s3Location(settings, bucketNameOf(offsite, target(site)), offsite.endpoint, offsite.region, granted.accessKey, granted.secretKey);
}

const s3Location = ({ awsPlugin }: VeleroSettings, bucketName: string, s3Url: string, region: string, accessKey: SecretGrant, secretKey: SecretGrant): Location => ({
  provider: "aws",
  plugin: awsPlugin,
  bucket: bucketName,
  config: {
    region,
    s3Url,
    s3ForcePathStyle: "true",
    // Not every service that speaks S3 knows AWS' newer checksums: backupstoragelocation.md of the plugin.
    checksumAlgorithm: "",
  },
  env: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey },
});

/**
 * Through Google's own plugin: that of AWS signs a header which Google changes on the way, and sends owners here (its README at
 * v1.14.2).
 */
const googleLocation = (site: Site, { gcpPlugin, projectNumber }: VeleroSettings, offsite: GoogleCloud): Location => ({
  provider: "gcp",
  plugin: gcpPlugin,
  bucket: bucketNameOf(offsite, target(site)),
  config: {},
  env: { GOOGLE_APPLICATION_CREDENTIALS: `${federationDirectory}/credentials.json` },
  federation: federated(site, target(site), offsite, projectNumber),
});
