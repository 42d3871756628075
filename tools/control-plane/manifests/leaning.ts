import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { ReleaseOutput } from "./lab-output";

/** Kinds that others refer to by name, from another release and without its namespace. */
const SHARED = new Set(["StorageClass", "RuntimeClass", "IngressClass", "VolumeSnapshotClass", "ClusterIssuer", "ClusterSecretStore"]);

/** Fields whose value is such a name, and annotations likewise. */
const NAMING = /(ClassName|^cert-manager\.io\/cluster-issuer|^volume\.beta\.kubernetes\.io\/storage-class)$/;

/** Fields that hold a reference of kind and name. */
const REFERENCE = /(StoreRef|issuerRef)s?$/;

/** Some releases of a lab, and those of the same clusters without which they never become healthy: whose classes, issuers and stores they name. */
export function withWhatTheyLeanOn(wanted: readonly ReleaseOutput[], all: readonly ReleaseOutput[]): readonly ReleaseOutput[] {
  const found = new Set(wanted);
  for (const release of found) {
    const names = namesIn(release.manifests.map(({ object }) => object));
    for (const other of all) if (other.cluster === release.cluster && other.manifests.some(({ object }) => SHARED.has(object.kind) && names.has(object.metadata.name))) found.add(other);
  }
  return all.filter((release) => found.has(release));
}

/** Every name by which objects refer to something shared. */
export function namesIn(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string" && NAMING.test(key)) names.add(inner);
      if (REFERENCE.test(key)) for (const one of [inner].flat()) {
        const name = fieldOf(one, "name");
        if (typeof name === "string") names.add(name);
      }
      look(inner);
    }
  };
  objects.forEach(look);
  return names;
}
