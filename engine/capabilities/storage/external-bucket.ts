import { createHash } from "node:crypto";
import { addresses, internet, vault } from "../../model/needs";
import type { BucketProvider, Scope, SecretsProvider } from "../../model/provides";
import { recipe } from "../../model/recipe";

/** A service outside the cluster that speaks S3: Backblaze B2, Cloudflare R2, a NAS, another cluster's Ceph. */
export interface ExternalBuckets {
  /** Host, and port where it is not HTTPS' own: `s3.eu-central-003.backblazeb2.com`. */
  readonly endpoint: string;
  readonly region: string;
  /** Begins every bucket's name, where one namespace holds the whole world's buckets: `hearth-`. */
  readonly prefix?: string;
  /** Plain HTTP, for a service at home without certificates. */
  readonly insecure?: boolean;
  /** Where a service at home is: policies know no names, and to them the internet is everything but the home. */
  readonly addresses?: readonly string[];
  /** Where its keys come from, as for every other secret: `provides.secrets` of the same cluster. */
  readonly secrets: SecretsProvider;
}

/**
 * Buckets that the owner made there, each with a key that opens no other. For the bucket `forge-gitlab-runner-cache`, the vault
 * holds `forge-gitlab-runner-cache-access-key` and `forge-gitlab-runner-cache-secret-key`.
 */
export const externalBucket = recipe(({ endpoint, region, prefix = "", insecure = false, addresses: at, secrets }: ExternalBuckets): BucketProvider => {
  const { hostname, port } = new URL(`${insecure ? "http" : "https"}://${endpoint}`);
  const reached = Number(port) || (insecure ? 80 : 443);
  return {
    ...(secrets.backedBy ? { backedBy: secrets.backedBy } : {}),
    reachedAt: at ? addresses(at, reached) : internet(hostname, { port: reached }),
    provide(scope, name) {
      const bucketName = bucketNameOf(prefix, scope, name);
      const half = (which: "access-key" | "secret-key") => secrets.provide(scope, `${name}-${which}`, vault(`${bucketName}-${which}`));
      return { bucketName, endpoint, region, insecure, accessKey: half("access-key"), secretKey: half("secret-key") };
    },
  };
});

/** The same for ever, and never longer than S3 allows. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketNameOf(prefix: string, { release }: Scope, name: string): string {
  const whole = `${prefix}${release.cluster.name}-${name}`;
  return whole.length <= 63 ? whole : `${whole.slice(0, 54)}-${createHash("sha256").update(whole).digest("hex").slice(0, 8)}`;
}
