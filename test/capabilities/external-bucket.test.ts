import { externalSecrets } from "../../apps/external-secrets/provides";
import { externalBucket, type ExternalBuckets } from "../../engine/capabilities/storage/external-bucket";
import { flowsOf } from "../../engine/model/flow";
import type { BucketGrant } from "../../engine/model/grants";
import { fieldOf } from "../../engine/model/manifest";
import { bucket, rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, clusterOf, worldOf } from "../lab-of";

const b2: ExternalBuckets = { endpoint: "s3.eu-central-003.backblazeb2.com", region: "eu-central-003", secrets: externalSecrets() };

/** What an app with one bucket is granted, which secrets are asked of the vault for it, and where it may call. */
function granted(buckets: ExternalBuckets, as = "app") {
  const given: BucketGrant[] = [];
  const app = appOf({ needs: { stores: { cache: bucket(rebuildable("1Gi")) } }, build: (_chart, { grants }) => given.push(grants.stores.cache) });
  const world = worldOf({ clusters: [clusterOf({ provides: { buckets: externalBucket(buckets) }, runs: [place(app, { as })] })] });
  const manifests = builtOf(world).flatMap((built) => built.manifests);
  const asked = manifests.flatMap((it) => (it.kind === "ExternalSecret" ? [[it.metadata.name, fieldOf(it, "spec", "data", 0, "remoteRef", "key")]] : []));
  const calls = world.releases.flatMap((it) => flowsOf(it, world)).filter(({ because }) => because === "buckets: s3");
  return { grant: given[0], asked: Object.fromEntries(asked) as Readonly<Record<string, unknown>>, calls };
}

test("a bucket has a name of its cluster and its release, and keys of its own in the vault", () => {
  const { grant, asked } = granted({ ...b2, prefix: "hearth-" });
  expect(grant).toMatchObject({ bucketName: "hearth-one-app-cache", endpoint: b2.endpoint, region: b2.region, insecure: false });
  expect(asked).toEqual({ "app-cache-access-key": "hearth-one-app-cache-access-key", "app-cache-secret-key": "hearth-one-app-cache-secret-key" });
  expect(grant?.accessKey).toEqual({ name: "app-cache-access-key", key: "value" });
  expect(grant?.secretKey).toEqual({ name: "app-cache-secret-key", key: "value" });
});

test("a service on the internet is reached there", () => {
  expect(granted(b2).calls).toMatchObject([{ to: { cidrs: ["0.0.0.0/0"] }, port: 443 }]);
});

test("a service at home is reached at its addresses, and nowhere else", () => {
  const nas = { ...b2, endpoint: "nas.test.example:9000", insecure: true, addresses: ["192.168.40.5/32"] };
  expect(granted(nas).calls).toMatchObject([{ to: { cidrs: ["192.168.40.5/32"] }, port: 9000 }]);
  expect(granted(nas).grant).toMatchObject({ endpoint: "nas.test.example:9000", insecure: true });
});

test("names stay within what S3 allows, and apart", () => {
  const names = ["a", "b"].map((last) => granted(b2, `${"x".repeat(58)}${last}`).grant?.bucketName ?? "");
  expect(names.map((name) => name.length)).toEqual([63, 63]);
  expect(new Set(names).size).toBe(2);
});
