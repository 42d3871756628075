import type { Store } from "./needs";
import type { StorageProvider } from "./provides";
import type { Release } from "./release";

/** The name of the cluster's storage that a store asks for: the placement's choice, or by shape and worth. */
export const storageNameFor = (release: Release, name: string, store: Store): string =>
  release.placement.storage[name] ?? (store.as === "shared" ? "shared" : store.worth);

/** The storage that meets a store, or undefined where the cluster has none of that name. */
export const storageFor = (release: Release, name: string, store: Store): StorageProvider | undefined =>
  release.cluster.provides.storage[storageNameFor(release, name, store)];
