import type { Cluster } from "../../engine/model/cluster";
import { firstStartOf } from "../../engine/model/first-start";
import type { Release } from "../../engine/model/release";
import type { World } from "../../engine/model/resolve";
import { nearBuckets } from "./near";
import { scratchNamespace } from "./drill";
import { planOf } from "./protected";
import { settings as schema } from "./settings";

/**
 * How this cluster's data comes back, as Markdown for `docs/runbooks/<cluster>-backups.md`: with its own namespaces, and with
 * what is automatic and what is not. A cluster without Velero has none.
 */
export function backupRunbook(world: World, cluster: Cluster): string | undefined {
  const releases = world.releasesOn(cluster);
  const own = releases.find(({ app }) => app.name === "velero");
  if (!own) return undefined;
  const here: Here = { own, kept: releases.filter((it) => it !== own && preciousOf(it).length), hour: schema.parse(own.settings).hour };
  return [header(here), looking(here), oneBack(here), emptyCluster(here), everything(here)].map((section) => section.trim()).join("\n\n").concat("\n");
}

interface Here {
  readonly own: Release;
  /** Releases with precious volumes. */
  readonly kept: readonly Release[];
  readonly hour: number;
}

const preciousOf = ({ needs }: Release): readonly string[] =>
  Object.entries(needs.stores ?? {}).flatMap(([name, { as, worth }]) => (as !== "bucket" && worth === "precious" ? [name] : []));

const kubectl = ({ own }: Here): string => `kubectl --context ${own.cluster.name}`;

const header = ({ own, kept, hour }: Here): string => {
  const { every, keep, restoreWithin } = planOf(own.site);
  return `
# Backups of ${own.cluster.name}

At most ${every} is lost; copies stay for ${keep}; a store should be back within ${restoreWithin}. The drill runs every night at ${String(hour + 2).padStart(2, "0")}:30 UTC.

| namespace | what is copied | how to bring it back |
|---|---|---|
${kept.map((it) => `| ${it.namespace} | ${preciousOf(it).join(", ")} of ${it.address} | below, with \`${it.namespace}\` for NAMESPACE |`).join("\n")}

Copied are volumes, and the pods and claims that carry them. Not copied: everything that git holds, temporary volumes, buckets,
and every Secret. Secrets come back from the vault; what was only generated gets a new value (docs/secrets.md).
`;
};

const looking = (here: Here): string => `
## Looking at it

\`\`\`sh
velero --kubecontext ${here.own.cluster.name} -n ${here.own.namespace} backup get
${kubectl(here)} -n ${here.own.namespace} get schedules,backupstoragelocations
${kubectl(here)} -n ${here.own.namespace} get jobs -l app.kubernetes.io/component=drill
\`\`\`

${fromTheHouse(here)}A drill by hand: \`${kubectl(here)} -n ${here.own.namespace} create job --from=cronjob/${here.own.name}-drill ${here.own.name}-drill-now\`. Its log says what was
written and what came back. The copy stands in \`${scratchNamespace(here.own.name)}\` until the next run, when a drill fails.
`;

/** What to write instead of NAMESPACE, to take the copy that never left. */
const fromTheHouse = ({ own }: Here): string => {
  const near = nearBuckets(own.site).map(({ place, host }) => `\`--from-schedule NAMESPACE-${place}\` (on ${host})`);
  return near.length ? `Copies stand twice: what follows reads the one away. The one in the house is faster, and there when the line is not: ${near.join(", ")}.\n\n` : "";
};

const oneBack = (here: Here): string => `
## One namespace back, on a cluster that runs

Velero never writes over what is there: a claim that exists is skipped, and the restore is "Completed" all the same. So the
claim has to go first, and with it what is in it now. Nothing of this is automatic.

1. Look at the old state beside the new one, and perhaps take only a file from it. It restores into an empty namespace:
   \`\`\`sh
   velero --kubecontext ${here.own.cluster.name} -n ${here.own.namespace} restore create --from-schedule NAMESPACE --namespace-mappings NAMESPACE:${scratchNamespace(here.own.name)}
   \`\`\`
   The pods there start only as far as what they mount is there, which for files is far enough: the volume is filled before.
2. To replace it: switch automated sync of the release off in Argo CD, and scale it to nothing.
3. Keep the volume that is there: \`${kubectl(here)} patch pv VOLUME -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'\`.
4. Delete the claim: \`${kubectl(here)} -n NAMESPACE delete pvc CLAIM\`.
5. \`velero --kubecontext ${here.own.cluster.name} -n ${here.own.namespace} restore create --from-schedule NAMESPACE --existing-resource-policy none\`, and wait for it with
   \`velero restore describe --details\`: every volume must be listed as completed.
6. Look at the data. Then delete the pods that were restored, and switch automated sync on again.
`;

const emptyCluster = (here: Here): string => {
  const { cluster, namespace } = here.own;
  const first = firstStartOf(here.kept[0] ?? here.own);
  if (!first) return `
## On an empty cluster, before anything starts

Nothing comes back by itself here: \`velero({ restores: false })\` says so. An app that starts first makes an empty claim, and a restore then
skips it: restore each namespace as above, step 5, before the cluster is joined to Argo CD.
`;
  const jobs = `-l app.kubernetes.io/component=${first.component}`;
  return `
## On an empty cluster, before anything starts

By itself: make the cluster, give it the vault's credential (docs/secrets.md), join it to Argo CD. Each release above begins with
a Job, and Argo CD starts nothing of it before that is done. It takes the newest whole copy that any storage location lists. Where a
claim is there already it does nothing; where there never was a copy, the release starts empty. Secrets come from the vault first.

\`\`\`sh
${kubectl(here)} get jobs -A ${jobs}
${kubectl(here)} logs -n NAMESPACE ${jobs}        # what came back, and of when it is
\`\`\`

When it fails, nothing of the release has started, nothing was replaced, and Argo CD tries again. Its log says why:

- *no copy is known, and not every place was looked into*: a bucket does not answer, or its key is not there yet. Empty is only
  started when every place was seen. \`${kubectl(here)} -n ${namespace} get backupstoragelocations\`.
- *ended as PartiallyFailed*, or fewer volumes came back than there are: \`velero --kubecontext ${cluster.name} -n ${namespace} restore describe first-start-NAMESPACE --details\`.
  To try again, take away what came back half, and then the restore itself:
  \`\`\`sh
  ${kubectl(here)} -n NAMESPACE delete pods,pvc -l velero.io/restore-name=first-start-NAMESPACE
  ${kubectl(here)} -n ${namespace} delete restore first-start-NAMESPACE
  \`\`\`
  To go on with what did come back, delete only the restore. To take an older copy, delete the newest: \`velero backup delete\`.
- A release that was deleted with its data, and is placed again while there are copies, comes back with them. To start it empty, delete its
  copies first: \`velero --kubecontext ${cluster.name} -n ${namespace} backup delete --selector velero.io/schedule-name=NAMESPACE\`, in each place.
`;
};

const everything = ({ own, kept }: Here): string => `
## When the whole house is gone

Needed are this repository, the vault, and the bucket; ${kept.length ? `what was on ${own.cluster.name} is in them` : "nothing precious is on this cluster"}. Without the vault's \`${own.cluster.name}_${own.namespace}_velero-repo-credentials\` nothing in the bucket can be read, by anybody.
`;
