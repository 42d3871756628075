import type { Chart } from "cdk8s";
import { KubeStorageClass } from "cdk8s-plus-30/lib/imports/k8s";
import { VolumeSnapshotClass, VolumeSnapshotClassDeletionPolicy } from "../../imports/external-snapshotter";
import { driverName, type DriverKind } from "./driver-kind";

/** The Secrets that a driver's classes name, as `<key>-<what for>`. */
export interface DriverSecrets {
  /** Makes, grows and snapshots. */
  readonly controller: string;
  /** Mounts. */
  readonly node: string;
}

interface VolumeClass {
  readonly name: string;
  readonly namespace: string;
  readonly kind: DriverKind;
  /** How the drivers tell one Ceph from another: its ClientProfile. Rook names it after the cluster's namespace. */
  readonly clusterId: string;
  readonly secrets: DriverSecrets;
  /** Where in Ceph the volumes are. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A class of volumes and the class of their snapshots. Volumes are kept when their claim goes (reclaim Retain): nobody loses data
 * by deleting an object, and whoever means it deletes the volume too.
 */
export function volumeClass(chart: Chart, { name, namespace, kind, clusterId, secrets, parameters }: VolumeClass): void {
  const provisioner = driverName(namespace, kind);
  const secret = (what: string, secretName: string) => ({ [`csi.storage.k8s.io/${what}-secret-name`]: secretName, [`csi.storage.k8s.io/${what}-secret-namespace`]: namespace });
  new KubeStorageClass(chart, `class-${name}`, {
    metadata: { name },
    provisioner,
    reclaimPolicy: "Retain",
    allowVolumeExpansion: true,
    volumeBindingMode: "Immediate",
    parameters: {
      clusterID: clusterId,
      ...parameters,
      ...secret("provisioner", secrets.controller),
      ...secret("controller-expand", secrets.controller),
      ...secret("controller-publish", secrets.controller),
      ...secret("node-stage", secrets.node),
    },
  });
  new VolumeSnapshotClass(chart, `snapshots-${name}`, {
    // Velero takes the class with this label for the volumes of its driver: https://velero.io/docs/main/csi/
    metadata: { name, labels: { "velero.io/csi-volumesnapshot-class": "true" } },
    driver: provisioner,
    // A snapshot is a step of a backup, not the backup.
    deletionPolicy: VolumeSnapshotClassDeletionPolicy.DELETE,
    parameters: { clusterID: clusterId, ...secret("snapshotter", secrets.controller) },
  });
}

/** A class of buckets; the bucket outlives its claim. https://rook.io/docs/rook/v1.20/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/ */
export function bucketClass(chart: Chart, name: string, namespace: string, objectStore: string): void {
  new KubeStorageClass(chart, `class-${name}`, {
    metadata: { name },
    provisioner: `${namespace}.ceph.rook.io/bucket`,
    reclaimPolicy: "Retain",
    parameters: { objectStoreName: objectStore, objectStoreNamespace: namespace },
  });
}

/** Block devices with a file system on them; `layering` is what every kernel can map. */
export const blockParameters = (pool: string): Readonly<Record<string, string>> => ({ pool, imageFormat: "2", imageFeatures: "layering", "csi.storage.k8s.io/fstype": "ext4" });
