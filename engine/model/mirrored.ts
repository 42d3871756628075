import type { Cluster } from "./cluster";
import type { BucketGrant, SecretGrant, VolumeGrant } from "./grants";
import type { Needs } from "./needs";
import type { MirrorPlaced, MirrorProvider } from "./provides";

/** Under this account the pods beside a release copy its buckets. */
export const mirrorComponent = "bucket-mirror";
export const mirrorAccount = (release: string): string => `${release}-${mirrorComponent}`;

/** What the pods call a store's own bucket, before its name. */
export const mirrorSource = (store: string): string => `source_${store.toLowerCase().replace(/[^a-z0-9]/g, "_")}`;

/** Names of the stores that are precious buckets. */
export const preciousBuckets = ({ stores = {} }: Needs): readonly string[] => Object.entries(stores).flatMap(([name, { as, worth }]) => (as === "bucket" && worth === "precious" ? [name] : []));

/** What copies a release's precious buckets, where its cluster has that and the lab says where to. */
export const mirrorOf = ({ needs, cluster, site }: { readonly needs: Needs; readonly cluster: Cluster; readonly site: MirrorPlaced["site"] }): MirrorProvider | undefined =>
  preciousBuckets(needs).length > 0 && site.lab.backups ? cluster.provides.mirror : undefined;

/** Whatever a release needs because its buckets are copied. */
export function withMirror(placed: MirrorPlaced, needs: Needs, cluster: Cluster): Needs {
  const mirror = mirrorOf({ needs, cluster, site: placed.site });
  if (!mirror) return needs;
  const { talksTo, secrets, watches } = mirror.needs(placed, preciousBuckets(needs));
  return {
    ...needs,
    talksTo: { ...needs.talksTo, ...talksTo },
    secrets: { ...needs.secrets, ...secrets },
    watches: { ...needs.watches, rules: [...(needs.watches?.rules ?? []), ...(watches?.rules ?? [])] },
  };
}

/** Of what a release was granted, its precious buckets and the secrets. */
export const mirrorGrants = (needs: Needs, grants: { readonly stores: Readonly<Record<string, VolumeGrant | BucketGrant>>; readonly secrets: Readonly<Record<string, SecretGrant>> }) => ({
  buckets: Object.fromEntries(preciousBuckets(needs).flatMap((name) => {
    const grant = grants.stores[name];
    return grant && "bucketName" in grant ? [[name, grant]] : [];
  })),
  secrets: grants.secrets,
});
