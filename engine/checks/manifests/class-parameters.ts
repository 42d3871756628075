import type { Cluster } from "../../model/cluster";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { Reference } from "./naming";

/** What the classes of some drivers name in their parameters: objects of a namespace that another parameter says. */
interface Parameters {
  readonly namespace: string;
  readonly names: Readonly<Record<string, string>>;
}

/**
 * By how a driver's name ends; Rook's begin with the namespace of its operator.
 * https://rook.io/docs/rook/v1.20/Storage-Configuration/Block-Storage-RBD/block-storage/, …/Shared-Filesystem-CephFS/filesystem-storage/,
 * …/Object-Storage-RGW/ceph-object-bucket-claim/
 */
const parametersOf: Readonly<Record<string, Parameters>> = {
  ".rbd.csi.ceph.com": { namespace: "clusterID", names: { pool: "CephPool", dataPool: "CephPool" } },
  ".cephfs.csi.ceph.com": { namespace: "clusterID", names: { fsName: "CephFilesystem", pool: "CephPool" } },
  ".ceph.rook.io/bucket": { namespace: "objectStoreNamespace", names: { objectStoreName: "CephObjectStore" } },
};

const buckets = ".ceph.rook.io/bucket";

/** What a class of volumes, buckets or snapshots names: its driver, the Secrets that it signs in with, and where in Ceph it keeps things. */
export function namedByClass(manifest: Manifest, cephs: ReadonlySet<string>): readonly Reference[] {
  const driver = fieldOf(manifest, manifest.kind === "StorageClass" ? "provisioner" : "driver");
  if (typeof driver !== "string" || (manifest.kind !== "StorageClass" && manifest.kind !== "VolumeSnapshotClass")) return [];
  const parameters = Object.entries(fieldOf(manifest, "parameters") ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return [...driverOf(driver), ...secretsOf(parameters), ...inCeph(driver, new Map(parameters), cephs)];
}

/** Kubernetes' own are in no object: https://kubernetes.io/docs/concepts/storage/storage-classes/#provisioner */
function driverOf(driver: string): readonly Reference[] {
  if (driver.startsWith("kubernetes.io/")) return [];
  // No driver of Kubernetes' kind, but Rook's operator itself.
  return driver.endsWith(buckets) ? [{ namespace: driver.slice(0, -buckets.length), object: "Deployment/rook-ceph-operator" }] : [{ namespace: "", object: `CSIDriver/${driver}` }];
}

/** https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html; a template is filled in for each claim. */
function secretsOf(parameters: readonly (readonly [string, string])[]): readonly Reference[] {
  const said = new Map(parameters);
  return parameters.flatMap(([key, name]) => {
    const namespace = said.get(key.replace(/-name$/, "-namespace"));
    return key.endsWith("-secret-name") && namespace !== undefined && !`${name}${namespace}`.includes("${") ? [{ namespace, object: `Secret/${name}` }] : [];
  });
}

/** @param cephs namespaces with a Ceph of the cluster's own: what one that runs elsewhere has is in no object */
function inCeph(driver: string, parameters: ReadonlyMap<string, string>, cephs: ReadonlySet<string>): readonly Reference[] {
  const [, known] = Object.entries(parametersOf).find(([ending]) => driver.endsWith(ending)) ?? [];
  const namespace = known && parameters.get(known.namespace);
  if (known === undefined || namespace === undefined) return [];
  const names = Object.entries(known.names).flatMap(([parameter, kind]) => {
    const name = parameters.get(parameter);
    return name === undefined ? [] : [{ namespace, object: `${kind}/${name}` }];
  });
  return known.namespace === "clusterID" ? [{ namespace: "", object: `CephClusterID/${namespace}` }, ...(cephs.has(namespace) ? names : [])] : names;
}

/** https://github.com/rancher/local-path-provisioner: no driver that an object of the cluster tells of. */
export const broughtDrivers = ({ distribution }: Cluster): readonly string[] => (distribution.bundles.includes("local-path") ? [" CSIDriver/rancher.io/local-path"] : []);
