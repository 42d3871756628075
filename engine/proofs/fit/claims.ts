import type { Built } from "../../model/built";
import { storageFor } from "../../model/chosen-storage";
import type { Cluster } from "../../model/cluster";
import type { Made } from "../../model/makes";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { PodSpec } from "../../model/pod-template";
import type { StorageProvider } from "../../model/provides";
import { bytesOf, type Bytes } from "../../model/quantity";
import type { Release } from "../../model/release";
import { arrayOf } from "../../checks/manifests/violations";

/** A volume that a pod mounts, as far as it decides where the pod can stand. */
export interface Claim {
  /** `ollama/ollama-models`; the claims of a template have one name for all, since no two pods share one. */
  readonly id: string;
  readonly perPod: boolean;
  /** One node at a time can mount it: pods that share it stand together. */
  readonly onOneNode: boolean;
  /** It lives on a disk of the node and goes nowhere else. */
  readonly nodeLocal: boolean;
  /** The label of nodes whose value must stay the same wherever its pod goes: of a node-local one, the node's own name. */
  readonly topologyKey: string | undefined;
  readonly bytes: number;
}

/** The claims that a release's objects write, by namespace and name. */
export function claimsIn({ release, manifests }: Built): ReadonlyMap<string, Claim> {
  const written = manifests.filter(({ kind }) => kind === "PersistentVolumeClaim");
  return new Map(written.map((manifest) => claimOf(release.cluster, manifest["spec"], `${manifest.metadata.namespace ?? release.namespace}/${manifest.metadata.name}`, false)).map((claim) => [claim.id, claim]));
}

function claimOf({ provides }: Cluster, spec: unknown, id: string, perPod: boolean): Claim {
  const storage = Object.values(provides.storage).find(({ storageClassName }) => storageClassName === fieldOf(spec, "storageClassName"));
  const size = fieldOf(spec, "resources", "requests", "storage");
  return {
    id,
    perPod,
    onOneNode: !arrayOf(fieldOf(spec, "accessModes")).some((mode) => mode === "ReadWriteMany" || mode === "ReadOnlyMany"),
    nodeLocal: storage?.nodeLocal ?? false,
    topologyKey: topologyOf(storage),
    bytes: typeof size === "string" ? bytesOf(size as Bytes) : 0,
  };
}

const topologyOf = (storage: StorageProvider | undefined): string | undefined => (storage?.nodeLocal ? "kubernetes.io/hostname" : storage?.topologyKey);

/** What the pods of a written workload mount: claims by name, and those of its templates. */
export function mountedBy(release: Release, manifest: Manifest, { volumes = [] }: PodSpec, known: ReadonlyMap<string, Claim>): readonly Claim[] {
  const namespace = manifest.metadata.namespace ?? release.namespace;
  const templates = arrayOf(fieldOf(manifest, "spec", "volumeClaimTemplates")).map((it) => claimOf(release.cluster, fieldOf(it, "spec"), `${namespace}/${manifest.metadata.name}/${String(fieldOf(it, "metadata", "name"))}`, true));
  const named = volumes.flatMap((volume) => known.get(`${namespace}/${String(fieldOf(volume, "persistentVolumeClaim", "claimName"))}`) ?? []);
  return [...named, ...templates];
}

/** What the pods of a controller mount: it makes their claims, one for each pod. */
export const claimsOfMade = (release: Release, { component, claims = {} }: Made): readonly Claim[] =>
  Object.keys(claims).flatMap((name): readonly Claim[] => {
    const store = release.needs.stores?.[name];
    if (!store || store.as === "bucket") return [];
    const storage = storageFor(release, name, store);
    return [{ id: `${release.address}/${component}/${name}`, perPod: true, onOneNode: store.as === "volume", nodeLocal: storage?.nodeLocal ?? false, topologyKey: topologyOf(storage), bytes: bytesOf(store.size) }];
  });
