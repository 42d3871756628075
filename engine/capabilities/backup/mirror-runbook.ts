import type { Cluster } from "../../model/cluster";
import { mirrorOf, preciousBuckets } from "../../model/mirrored";
import type { Release } from "../../model/release";
import type { MirrorPlace } from "./mirror-places";

/** How a cluster's buckets come back, for whoever has lost one. */
export function mirrorRunbook(cluster: Cluster, releases: readonly Release[], places: readonly MirrorPlace[], every: string, restoreWithin: string): string | undefined {
  const kept = releases.filter((release) => mirrorOf(release));
  const [first] = kept;
  if (!first) return undefined;
  const kubectl = `kubectl --context ${cluster.name}`;
  const near = places[1];
  return `# Buckets of ${cluster.name}

At most ${every} is lost; a bucket should be back within ${restoreWithin}. Each is copied by a CronJob beside its release, with the bucket's own key.

| namespace | buckets | copied by | brought back by |
|---|---|---|---|
${kept.map(({ namespace, name, address, needs }) => `| ${namespace} | ${preciousBuckets(needs).join(", ")} of ${address} | \`${name}-bucket-mirror\` | \`${name}-bucket-restore\` |`).join("\n")}

Copies are at \`PLACE/BUCKET\`: ${places.map(({ remote, bucket, where }) => `\`${remote}:${bucket}\` (${where})`).join(", ")}. What is deleted in a bucket is deleted in
its copies at the next run; away, old versions stay for as long as the plan says.

## Looking at it

\`\`\`sh
${kubectl} get cronjobs,jobs -A -l 'app.kubernetes.io/component in (bucket-mirror, bucket-drill)'
${kubectl} -n ${first.namespace} create job --from=cronjob/${first.name}-bucket-drill ${first.name}-bucket-drill-now
\`\`\`

The drill's log says how many objects are due, and how many were read back. The mirror's names the bucket and the place that failed.

## A bucket is gone, or the cluster is new

The mirror never empties a copy because its bucket is empty: it fails and says so until the bucket is back. This brings back what is
missing and what differs, and deletes nothing:

\`\`\`sh
${kubectl} -n ${first.namespace} create job --from=cronjob/${first.name}-bucket-restore ${first.name}-bucket-restore-now
${kubectl} -n ${first.namespace} logs -f job/${first.name}-bucket-restore-now
\`\`\`
${
  near
    ? `
It reads the copy away. The one in the house is faster:

\`\`\`sh
${kubectl} -n ${first.namespace} create job --from=cronjob/${first.name}-bucket-restore ${first.name}-bucket-restore-near --dry-run=client -o yaml \\
  | ${kubectl} set env --local -f - RESTORE_FROM=${near.remote}:${near.bucket} -o yaml | ${kubectl} apply -f -
\`\`\`
`
    : ""
}
## Objects were deleted or overwritten, and the mirror has run since

Nothing of it is in the copies any more, but away every object's older versions are: bring those back there first
(\`gcloud storage ls --all-versions\`, or \`aws s3api list-object-versions\`), then run the restore above.
`;
}
