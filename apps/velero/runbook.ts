import type { Cluster } from "../../engine/model/cluster";
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
  const { cluster, name, namespace } = here.own;
  const folder = `dist/${cluster.name}`;
  return `
## On an empty cluster, before anything starts

An app that starts first makes an empty claim, and a restore then skips it. So the data comes before the apps. Automatic is:
that the copies are found again, that the newest whole one of each namespace is taken, that an existing claim is refused, and
that the volumes which came back are counted. Not automatic is that the apps wait: Argo CD is given the cluster last.

1. Make the cluster, and do not join it to Argo CD yet.
2. List what shall come back where ${cluster.name} places velero: \`restore: [${here.kept.map((it) => JSON.stringify(it.namespace)).join(", ")}]\`, \`npm run synth\`, commit.
3. The vault's credential first (docs/secrets.md). Then, from the repository, the CRDs and what Velero stands on:
   \`\`\`sh
   ${kubectl(here)} apply --server-side -R -f dist/crds/
   ${kubectl(here)} apply --server-side -R -f ${folder}/external-secrets/
   \`\`\`
   and whatever provides the storage (on a cluster with Ceph: external-snapshotter and rook-ceph), until its classes are there.
4. What the pods mount, and nothing that starts: namespaces, accounts, configuration and secrets of each namespace, without its
   workloads and claims.
   \`\`\`sh
${here.kept.map((it) => `   find ${folder}/${it.name} -name '*.yaml' | grep -E '/(namespace|serviceaccount|configmap|externalsecret|password|pushsecret)[._]' | xargs -n1 ${kubectl(here)} apply --server-side -f`).join("\n")}
   \`\`\`
5. \`${kubectl(here)} apply --server-side -R -f ${folder}/${name}/\`. The repositories' password comes from the vault: without it Velero does not start, rather than make another.
6. \`${kubectl(here)} -n ${namespace} logs -f -l app.kubernetes.io/component=restore\` names each namespace with the time that its data is of. Where it fails, nothing was
   replaced: do what it says and delete the Job, and step 5 makes it again.
7. Look at the data, delete the restored pods, join the cluster to Argo CD, and take \`restore\` out again.
`;
};

const everything = ({ own, kept }: Here): string => `
## When the whole house is gone

Needed are this repository, the vault, and the bucket; ${kept.length ? `what was on ${own.cluster.name} is in them` : "nothing precious is on this cluster"}. Without the vault's \`${own.cluster.name}_${own.namespace}_velero-repo-credentials\` nothing in the bucket can be read, by anybody.
`;
