import type { BucketGrant } from "../../engine/model/grants";
import type { Store } from "../../engine/model/needs";
import type { BucketProvider, Scope, StorageProvider } from "../../engine/model/provides";
import { bytes, bytesOf } from "../../engine/model/quantity";
import { recipe } from "../../engine/model/recipe";
import type { Release } from "../../engine/model/release";
import { storageClass } from "../../engine/workload/storage-class";
import { ObjectBucketClaim } from "../../imports/rook";
import { externalClasses, gatewayService, rookClasses } from "./class-names";
import { capacityOf } from "./disks";
import { settings } from "./settings";

const backedBy = "rook-ceph";
/** https://kubernetes-csi.github.io/docs/snapshot-controller.html: one for each cluster, whatever the drivers. */
const snapshotsBackedBy = "external-snapshotter";

/** Volumes of one pod at a time, on Ceph block devices: they follow their pod to another node. */
export const rookBlock = recipe((): StorageProvider =>
  storageClass({ backedBy, storageClassName: rookClasses.block, accessModes: ["ReadWriteOnce"], nodeLocal: false, snapshots: true, snapshotsBackedBy, capacity }));

/** Volumes that many pods mount at once, in Ceph's shared file system. */
export const rookShared = recipe((): StorageProvider =>
  storageClass({ backedBy, storageClassName: rookClasses.shared, accessModes: ["ReadWriteMany"], nodeLocal: false, snapshots: true, snapshotsBackedBy, capacity }));

/** What Ceph on the release's cluster holds, with every copy counted; all its kinds of storage share it. */
function capacity({ cluster }: Release): number {
  const placed = cluster.runs.find(({ app }) => app.name === backedBy);
  const parsed = settings.safeParse(placed?.settings ?? {});
  // Without a placement, or with one that is wrong, others say so; nothing is known of the size then.
  return (parsed.success ? capacityOf(cluster, parsed.data) : undefined) ?? Number.POSITIVE_INFINITY;
}

/**
 * S3 buckets in Ceph's object store. Rook makes a bucket with the claim's name, an owner and its keys, and writes these into a
 * Secret of the same name beside the claim.
 * @param options.namespace where Rook is placed, where not under its own name
 */
export const rookBucket = recipe((options: { readonly namespace?: string } = {}): BucketProvider => ({
  backedBy,
  provide({ chart }: Scope, name: string, store: Store): BucketGrant {
    new ObjectBucketClaim(chart, `bucket-${name}`, {
      metadata: { name },
      // Names of releases are unique on a cluster, and so is the name of what they keep.
      spec: { bucketName: name, storageClassName: rookClasses.bucket, additionalConfig: { maxSize: store.size } },
    });
    return {
      bucketName: name,
      endpoint: `${gatewayService(options.namespace ?? "rook-ceph")}:80`,
      insecure: true,
      // Rook's gateways have no zones: any region will do, and this is the one that clients sign with by default.
      region: "us-east-1",
      accessKey: { name, key: "AWS_ACCESS_KEY_ID" },
      secretKey: { name, key: "AWS_SECRET_ACCESS_KEY" },
    };
  },
}));

/** Volumes of one pod at a time from a Ceph outside Kubernetes, such as Proxmox' own. */
export const externalCephBlock = recipe((): StorageProvider =>
  storageClass({ backedBy: "ceph-csi", storageClassName: externalClasses.block, accessModes: ["ReadWriteOnce"], nodeLocal: false, snapshots: true, snapshotsBackedBy, capacity: externalCapacity }));

/** Volumes that many pods mount at once, from the file system of a Ceph outside Kubernetes. */
export const externalCephShared = recipe((): StorageProvider =>
  storageClass({ backedBy: "ceph-csi", storageClassName: externalClasses.shared, accessModes: ["ReadWriteMany"], nodeLocal: false, snapshots: true, snapshotsBackedBy, capacity: externalCapacity }));

function externalCapacity({ cluster }: Release): number {
  const given = bytes.safeParse(cluster.runs.find(({ app }) => app.name === "ceph-csi")?.settings["capacity"]);
  return given.success ? bytesOf(given.data) : Number.POSITIVE_INFINITY;
}
