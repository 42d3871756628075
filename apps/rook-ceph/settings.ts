import { z } from "zod";
import { image, imageSetting } from "../../engine/model/image";
import { bytes } from "../../engine/model/quantity";
import { shapes, type Shape } from "./shape";

/** What the storage drivers run, at the versions that Rook 1.20.6 deploys: deploy/examples/operator.yaml and csi-operator.yaml. */
export const driverImages = {
  driverOperatorImage: imageSetting.default(image("quay.io/cephcsi/ceph-csi-operator", "v1.0.4")),
  driverImage: imageSetting.default(image("quay.io/cephcsi/cephcsi", "v3.17.0")),
  provisionerImage: imageSetting.default(image("registry.k8s.io/sig-storage/csi-provisioner", "v6.2.0")),
  attacherImage: imageSetting.default(image("registry.k8s.io/sig-storage/csi-attacher", "v4.12.0")),
  resizerImage: imageSetting.default(image("registry.k8s.io/sig-storage/csi-resizer", "v2.1.0")),
  snapshotterImage: imageSetting.default(image("registry.k8s.io/sig-storage/csi-snapshotter", "v8.5.0")),
  registrarImage: imageSetting.default(image("registry.k8s.io/sig-storage/csi-node-driver-registrar", "v2.17.0")),
};

export const settings = z.object({
  operatorImage: imageSetting.default(image("docker.io/rook/ceph", "v1.20.6")),
  cephImage: imageSetting.default(image("quay.io/ceph/ceph", "v20.2.4")),
  ...driverImages,

  shape: z.enum(["single-node", "three-node"]),
  /** Which of the nodes' disks for Ceph, by id; without it all of them. */
  disks: z.array(z.string()).min(1).readonly().optional(),
  /** Copies of everything; without it what the shape says. With one copy, a lost disk is lost data. */
  replicas: z.int().min(1).max(5).optional(),
  /** An odd number, because a majority decides; without it what the shape says. */
  monitors: z.int().min(1).max(9).refine((count) => count % 2 === 1, { error: "an odd number: of an even one, no more may fail than of one less" }).optional(),
  /** Volumes of one pod, volumes of many, S3 buckets. */
  offers: z.array(z.enum(["block", "shared", "bucket"])).min(1).readonly().default(["block", "shared", "bucket"]),
  /** Whether the S3 gateway also answers on the LAN, for other clusters' backups. */
  bucketReach: z.enum(["cluster", "lan"]).default("cluster"),
  /** A pod with Ceph's own tools, for the runbooks. It holds the admin's key. */
  toolbox: z.boolean().default(false),
  /** For each disk. Ceph fills nine tenths of it with its cache. */
  osdMemory: bytes.default("4Gi"),
  /** For each metadata server; half of it is its cache. */
  metadataMemory: bytes.default("4Gi"),
});

export type RookCephSettings = z.output<typeof settings>;

/** The shape with what the owner chose differently. */
export const shapeOf = ({ shape, replicas, monitors }: Pick<RookCephSettings, "shape" | "replicas" | "monitors">): Shape => ({
  ...shapes[shape],
  ...(replicas === undefined ? {} : { replicas }),
  ...(monitors === undefined ? {} : { monitors }),
});
