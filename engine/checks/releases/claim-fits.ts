import { storageFor } from "../../model/chosen-storage";
import { error, type Finding } from "../../model/finding";
import { bytes, bytesFrom, bytesOf } from "../../model/quantity";
import { onEachRelease, type World } from "../../model/resolve";
import { nodeQuantities } from "../lab/quantity-valid";

/** A claim larger than all the storage it is asked of stays Pending for ever. */
export const claimFits = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) =>
    Object.entries(release.needs.stores ?? {}).flatMap(([name, store]) => {
      const storage = store.as === "bucket" ? undefined : storageFor(release, name, store);
      const sound = bytes.safeParse(store.size).success && nodeQuantities(release.cluster).length === 0;
      const capacity = sound ? storage?.capacity?.(release) : undefined;
      if (capacity === undefined || bytesOf(store.size) <= capacity) return [];
      return [
        error({
          rule: "claim-fits",
          address: release.address,
          found: `stores.${name} claims ${store.size}`,
          expected: `at most ${bytesFrom(capacity)}, all that ${storage?.storageClassName} has on ${release.cluster.name}`,
          fix: `Make it smaller, or choose larger storage with storage.${name}`,
        }),
      ];
    }),
  );
