import type { Chart } from "cdk8s";
import { addresses, vault, type AddressesPeer, type VaultSecret } from "../../engine/model/needs";
import { onsiteBuckets, type OnsiteBucket } from "../../engine/model/onsite-s3";
import type { Site } from "../../engine/model/site";
import { BackupStorageLocation } from "../../imports/velero";

/** Where in the house copies go besides: they are read back in minutes, and while the line is down. */
export const nearBuckets = ({ cluster, lab }: Site): readonly OnsiteBucket[] => onsiteBuckets(cluster, lab);

const credentialsOf = ({ place }: OnsiteBucket) => ({ name: `copies-${place}`, key: "cloud" });

/** The secret half of each place's key, in the file that AWS' own software reads. */
export const nearSecrets = (site: Site): Readonly<Record<string, VaultSecret>> =>
  Object.fromEntries(
    nearBuckets(site).map((it) => {
      const { name, key } = credentialsOf(it);
      const file = `[default]\naws_access_key_id=${it.accessKey}\naws_secret_access_key={{ .value }}\n`;
      return [name, vault(it.vaultKey, { name, data: { [key]: file } })];
    }),
  );

export const nearPeers = (site: Site, from: string): Readonly<Record<string, AddressesPeer>> =>
  Object.fromEntries(nearBuckets(site).map(({ place, address, port }) => [`${from}-${place}`, addresses([`${address}/32`], port, { from })]));

/** One more location for each place. The certificate is no secret: `caCertRef` would put it into one. */
export function nearLocations(chart: Chart, site: Site): void {
  for (const it of nearBuckets(site))
    new BackupStorageLocation(chart, `location-${it.place}`, {
      metadata: { name: it.place },
      spec: {
        provider: "aws",
        objectStorage: { bucket: it.bucket, caCert: Buffer.from(it.certificate).toString("base64") },
        credential: credentialsOf(it),
        // Not every service that speaks S3 knows AWS' newer checksums: backupstoragelocation.md of the plugin.
        config: { region: "us-east-1", s3Url: `https://${it.address}:${it.port}`, s3ForcePathStyle: "true", checksumAlgorithm: "" },
      },
    });
}
