import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { onsiteBuckets, onsiteNames, type OnsiteWriter } from "../../engine/model/onsite-s3";

/** What the role needs to serve a bucket for each cluster that copies to this machine; undefined where none does. */
export function copiesVars(host: Host, lab: Lab): Readonly<Record<string, unknown>> | undefined {
  const all = (Object.keys(onsiteNames) as readonly OnsiteWriter[]).flatMap((writer) => lab.clusters.flatMap((cluster) => onsiteBuckets(cluster, lab, writer))).filter((it) => it.host === host.name);
  const own = [...new Map(all.map((it) => [it.accessKey, it])).values()];
  const place = lab.backups?.onsite.find((it) => it.host === host.name && it.s3);
  if (own.length === 0 || !place?.s3) return undefined;
  return {
    copies_folder: place.s3.folder,
    copies_bucket_names: [...new Set(all.map(({ bucket }) => bucket))],
    copies_certificate: place.s3.certificate,
    copies_addresses: Object.values(host.addresses),
    copies_buckets: own.map(({ accessKey, port, vaultKey }) => ({ name: accessKey, port, key: vaultKey })),
  };
}
