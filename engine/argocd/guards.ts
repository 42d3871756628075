import { fieldOf, type Manifest } from "../model/manifest";
import type { Release } from "../model/release";
import { kindOf, nameOfKind, type Kind } from "../kinds/kind";
import { runsArgoCd } from "./controller";
import { withSyncOptions } from "./sync-options";

interface Kept extends Kind {
  /** What would be lost with an object of the kind. */
  readonly because: string;
}

/** Kinds that hold data, or whose deletion takes data along. */
const kept: readonly Kept[] = [
  { group: "", kind: "Namespace", because: "everything in it goes along" },
  { group: "", kind: "PersistentVolumeClaim", because: "the volume goes along, where its class says Delete" },
  { group: "", kind: "PersistentVolume", because: "it is the data" },
  { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition", because: "every object of the kind goes along" },
  { group: "ceph.rook.io", kind: "CephCluster", because: "it is the data" },
  { group: "ceph.rook.io", kind: "CephBlockPool", because: "it is the data" },
  { group: "ceph.rook.io", kind: "CephFilesystem", because: "it is the data" },
  { group: "ceph.rook.io", kind: "CephObjectStore", because: "it is the data" },
  { group: "ceph.rook.io", kind: "CephObjectStoreUser", because: "its keys go along" },
  { group: "objectbucket.io", kind: "ObjectBucketClaim", because: "the bucket goes along, where its class says Delete" },
  { group: "longhorn.io", kind: "Volume", because: "it is the data" },
  { group: "postgresql.cnpg.io", kind: "Cluster", because: "the operator deletes the claims along" },
  { group: "mysql.oracle.com", kind: "InnoDBCluster", because: "the operator deletes the claims along" },
  { group: "psmdb.percona.com", kind: "PerconaServerMongoDB", because: "the operator may delete the claims along" },
  { group: "mongodbcommunity.mongodb.com", kind: "MongoDBCommunity", because: "it is a database" },
  { group: "rabbitmq.com", kind: "RabbitmqCluster", because: "the operator deletes the claims along" },
  { group: "kafka.strimzi.io", kind: "Kafka", because: "it is the data" },
  { group: "kafka.strimzi.io", kind: "KafkaNodePool", because: "the operator may delete the claims along" },
  { group: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", because: "the snapshot goes along, where its class says Delete" },
  { group: "velero.io", kind: "BackupStorageLocation", because: "restores start from it" },
  { group: "bitnami.com", kind: "SealedSecret", because: "its Secret goes along" },
];

const lossByKind: ReadonlyMap<string, string> = new Map(kept.map((kind) => [nameOfKind(kind), kind.because]));

/** A secret that was made in the cluster exists nowhere else; its Secret belongs to the ExternalSecret and goes along. */
const isGeneratedSecret = (manifest: Manifest): boolean =>
  manifest.kind === "ExternalSecret" && [fieldOf(manifest, "spec", "dataFrom"), fieldOf(manifest, "spec", "data")].some((sources) => Array.isArray(sources) && sources.some((source) => fieldOf(source, "sourceRef", "generatorRef") !== undefined));

/** What would be lost if the object were deleted; undefined where git alone brings all of it back. */
export const lossOf = (manifest: Manifest): string | undefined =>
  lossByKind.get(nameOfKind(kindOf(manifest))) ?? (isGeneratedSecret(manifest) ? "its Secret goes along, and was made in the cluster alone" : undefined);

/**
 * Releases that Argo CD must never prune anything of: itself, which would stop in the middle of it, and the CNI, without
 * which it could not even repair what it did.
 */
export const isWhollyGuarded = (release: Release): boolean => runsArgoCd(release) || release.app.name === release.cluster.distribution.cni.name;

/**
 * The object with the two guards of what must not be lost: `Prune=false` holds when it leaves git, `Delete=false` when its
 * Application is deleted (argo-cd#9853: neither covers the other's accident). Everything else is returned as it is.
 */
export function guarded(manifest: Manifest, release?: Release): Manifest {
  const keep = lossOf(manifest) !== undefined || (release !== undefined && isWhollyGuarded(release));
  return keep ? neverPruned(manifest) : manifest;
}

export const neverPruned = (manifest: Manifest): Manifest => withSyncOptions(manifest, "Prune=false", "Delete=false");
