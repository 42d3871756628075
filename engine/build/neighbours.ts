import { storageFor } from "../model/chosen-storage";
import type { Neighbour } from "../model/neighbour";
import type { Release } from "../model/release";
import { seriesOf } from "../model/series";
import { endpointGrant } from "./grants";

/** What a release is to the others of its cluster. */
export function neighbourOf(release: Release): Neighbour {
  const stores = release.needs.stores ?? {};
  return {
    address: release.address,
    name: release.name,
    namespace: release.namespace,
    app: release.app.name,
    exposes: Object.fromEntries(Object.entries(release.needs.exposes ?? {}).map(([name, endpoint]) => [name, { ...endpoint, grant: endpointGrant(release, name, endpoint) }])),
    stores,
    copiesFiles: Object.entries(stores).some(([name, store]) => store.as !== "bucket" && storageFor(release, name, store)?.snapshots === false),
    series: seriesOf(release.needs.watches),
    dashboards: release.needs.watches?.dashboards ?? {},
  };
}
