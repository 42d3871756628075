import type { Built } from "../../model/built";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { vaultKeyOf } from "../../model/vault-key";
import { groupsOf } from "../groups";
import { arrayOf } from "./violations";

/** A key that is read from a vault. */
export interface RemoteKey {
  /** `ClusterSecretStore/lab-vault`. */
  readonly store: string;
  readonly key: string;
}

/**
 * What is read from a vault under the name of a release that is there, and that nothing pushes. Any other key an owner may have put
 * into the vault, and so nobody knows; under these names it is hearth that does (docs/secrets.md).
 */
export function unpushed(built: readonly Built[]): (release: Release, manifest: Manifest) => readonly (RemoteKey & { readonly pushed: readonly string[] })[] {
  const owners = new Set(built.map(({ release }) => vaultKeyOf(release, "")));
  const vaults = new Map<string, string>();
  const pushing: { readonly release: Release; readonly manifest: Manifest }[] = [];
  for (const { release, manifests } of built)
    for (const manifest of manifests) {
      if (manifest.kind === "PushSecret") pushing.push({ release, manifest });
      // Two stores of one technology may well be one vault, opened with other rights.
      else if (manifest.kind === "ClusterSecretStore" || manifest.kind === "SecretStore") vaults.set(placeOf(release, manifest, objectName(manifest)), Object.keys(fieldOf(manifest, "spec", "provider") ?? {}).join());
    }
  const vaultOf = (release: Release, manifest: Manifest, store: string): string => vaults.get(placeOf(release, manifest, store)) ?? store;
  const pushes = groupsOf(
    pushing.flatMap(({ release, manifest }) => pushedBy(manifest).map(({ store, key }) => ({ vault: vaultOf(release, manifest, store), key }))),
    ({ vault }) => vault,
  );
  const keysIn = (vault: string): readonly string[] => (pushes.get(vault) ?? []).map(({ key }) => key);
  return (release, manifest) =>
    readBy(manifest).flatMap(({ store, key }) => {
      const owner = key.slice(0, key.lastIndexOf("_") + 1);
      if (!owners.has(owner)) return [];
      const there = keysIn(vaultOf(release, manifest, store));
      // Which stores have a label is not looked into: one pushed to may be this one.
      return there.includes(key) || keysIn("").includes(key) ? [] : [{ store, key, pushed: there.filter((it) => it.startsWith(owner)) }];
    });
}

/** One that belongs to no namespace is the same everywhere on its cluster. */
const placeOf = ({ cluster, namespace }: Release, { metadata }: Manifest, store: string): string => `${cluster.name} ${store.startsWith("Cluster") ? "" : (metadata.namespace ?? namespace)} ${store}`;

/** https://external-secrets.io/latest/api/externalsecret/ */
function readBy(manifest: Manifest): readonly RemoteKey[] {
  const spec = manifest["spec"];
  const own = fieldOf(spec, "secretStoreRef");
  return [...arrayOf(fieldOf(spec, "data")), ...arrayOf(fieldOf(spec, "dataFrom"))].flatMap((it) => {
    const key = fieldOf(it, "remoteRef", "key") ?? fieldOf(it, "extract", "key");
    return typeof key === "string" ? [{ store: storeOf(fieldOf(it, "sourceRef", "storeRef") ?? own), key }] : [];
  });
}

/** https://external-secrets.io/latest/api/pushsecret/ */
const pushedBy = ({ spec }: Manifest): readonly RemoteKey[] =>
  arrayOf(fieldOf(spec, "data")).flatMap((it) => {
    const key = fieldOf(it, "match", "remoteRef", "remoteKey");
    return typeof key === "string" ? arrayOf(fieldOf(spec, "secretStoreRefs")).map((store) => ({ store: storeOf(store), key })) : [];
  });

/** Nothing where stores are chosen by a label. */
const storeOf = (reference: unknown): string => (fieldOf(reference, "name") === undefined ? "" : `${String(fieldOf(reference, "kind") ?? "SecretStore")}/${String(fieldOf(reference, "name"))}`);
