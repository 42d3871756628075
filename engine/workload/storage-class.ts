import { KubePersistentVolumeClaim, Quantity } from "cdk8s-plus-30/lib/imports/k8s";
import type { VolumeGrant } from "../model/grants";
import type { Store } from "../model/needs";
import type { Scope, StorageProvider } from "../model/provides";
import { recipe } from "../model/recipe";
import { PlainObject } from "./plain-object";

/** Claims of a StorageClass that exists: what every volume provider comes down to. */
export const storageClass = recipe(({ claimAnnotations, ...options }: Omit<StorageProvider, "provide"> & { readonly claimAnnotations?: Readonly<Record<string, string>> }): StorageProvider => {
  return {
    ...options,
    provide({ chart }: Scope, name: string, store: Store): VolumeGrant {
      const accessModes = [...options.accessModes];
      if (store.claim === "engine")
        new PlainObject(chart, `claim-${name}`, KubePersistentVolumeClaim.manifest({
          metadata: { name, ...(claimAnnotations ? { annotations: { ...claimAnnotations } } : {}) },
          spec: {
            accessModes,
            storageClassName: options.storageClassName,
            resources: { requests: { storage: Quantity.fromString(store.size) } },
          },
        }));
      return { claimName: name, storageClassName: options.storageClassName, accessModes, size: store.size, ...(claimAnnotations ? { annotations: claimAnnotations } : {}) };
    },
  };
});
