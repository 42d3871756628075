import type { Cluster } from "../../engine/model/cluster";
import { bytesOf } from "../../engine/model/quantity";
import { cephNames, rookClasses } from "./class-names";
import { dataDirectory, diskPath } from "./cluster";
import { capacityOf, cephHosts, type CephHost } from "./disks";
import { settings as schema, shapeOf, type RookCephSettings } from "./settings";

/**
 * What to do by hand when a disk fails and when Ceph is to go, as Markdown for `docs/runbooks/<cluster>-ceph.md`: with this
 * cluster's own hosts, disks and names. A cluster without Rook has none.
 */
export function cephRunbook(cluster: Cluster): string | undefined {
  const placement = cluster.runs.find(({ app }) => app.name === "rook-ceph");
  const parsed = placement && schema.safeParse(placement.settings);
  if (!placement || !parsed?.success) return undefined;
  const namespace = placement.adopt?.namespace ?? placement.name;
  const here: Here = { cluster, name: placement.name, namespace, settings: parsed.data, hosts: cephHosts(cluster, parsed.data.disks) };
  return [header(here), looking(here), replacing(here), teardown(here), stuck(here)].map((section) => section.trim()).join("\n\n").concat("\n");
}

interface Here {
  readonly cluster: Cluster;
  readonly name: string;
  readonly namespace: string;
  readonly settings: RookCephSettings;
  readonly hosts: readonly CephHost[];
}

const header = ({ cluster, settings, hosts }: Here): string => {
  const { failureDomain, replicas } = shapeOf(settings);
  return `
# Ceph on ${cluster.name}

${replicas} copies of everything, each on another ${failureDomain === "host" ? "host" : "disk"}; ${Math.floor((capacityOf(cluster, settings) ?? 0) / 2 ** 30)}Gi can be used before it warns.

| host | disk (\`/dev/disk/by-id/\`) | size |
|---|---|---|
${hosts.flatMap((host) => host.disks.map((disk) => `| ${host.name} | \`${disk.id}\` | ${disk.size} |`)).join("\n")}
`;
};

const looking = ({ cluster, name, namespace, settings }: Here): string => `
## Looking at it

${settings.toolbox ? "" : `The tools are not there yet: set \`toolbox: true\` where ${cluster.name} places ${name}, run \`npm run synth\`, commit, and take it back afterwards.\n`}
\`\`\`sh
alias ceph='kubectl --context ${cluster.name} -n ${namespace} exec deploy/${name}-toolbox -- ceph'
ceph status
ceph health detail
ceph osd tree
ceph device ls        # which disk carries which OSD
\`\`\`
`;

const replacing = ({ cluster, namespace, settings, hosts }: Here): string => {
  const { failureDomain } = shapeOf(settings);
  return `
## Replacing a disk

One disk at a time, and the next one only when \`ceph status\` says HEALTH_OK again.

1. Find the OSD: \`ceph device ls\` lists serial numbers, which are the end of the ids above. Below it is \`N\`.
2. See that the rest can hold its data: \`ceph osd df tree\`. ${failureDomain === "host" ? wontFit(hosts) : "Its data goes to the other disks of the host."}
3. Empty it, and wait: \`ceph osd out osd.N\`, then until \`ceph osd safe-to-destroy osd.N\` says yes. A dead disk cannot be emptied: wait until \`ceph status\` no longer counts degraded objects.
4. Take it out of the description first, so that the operator does not bring it back: remove the disk from its host in the lab's hosts, \`npm run synth\`, commit, push, and wait until Argo CD has synced \`${cluster.name}-${namespace}\`.
5. Take it out of Ceph:
   \`\`\`sh
   kubectl --context ${cluster.name} -n ${namespace} scale deploy rook-ceph-osd-N --replicas=0
   ceph osd down osd.N
   ceph osd purge N --yes-i-really-mean-it
   kubectl --context ${cluster.name} -n ${namespace} delete deploy rook-ceph-osd-N
   \`\`\`
6. Change the disk. On the host, \`ls -l /dev/disk/by-id/\` names the new one. It must be empty: \`lsblk -f\` shows no file system on it. One that was used before is wiped as below.
7. Describe it: the new id with \`use: "ceph"\` on its host, \`npm run synth\`, commit, push. A job \`rook-ceph-osd-prepare-<host>\` prepares it within minutes. If none appears: \`kubectl --context ${cluster.name} -n ${namespace} rollout restart deploy -l app.kubernetes.io/component=operator\`.
8. \`ceph osd tree\` shows the new OSD up and in; \`ceph status\` says HEALTH_OK once everything is copied.
`;
};

/** With as many hosts as copies, a host's data has nowhere else to go. */
function wontFit(hosts: readonly CephHost[]): string {
  const single = hosts.filter((host) => host.disks.length < 2).map((host) => host.name);
  return single.length
    ? `A host with one disk (${single.join(", ")}) has nowhere to put it: a copy is missing until the new disk is there.`
    : "Copies stay on their host: its other disks take the data. When they cannot, a copy is missing until the new disk is there.";
}

const teardown = ({ cluster, name, namespace, settings, hosts }: Here): string => `
## Taking Ceph away

This destroys all data in it. Argo CD never does it: everything that holds data is guarded against pruning.

1. Restore what is wanted elsewhere, and see that it is whole. Snapshots do not count: they are in this Ceph.
2. See who still uses it, and retire or move each of them. With mounted volumes left, step 5 hangs, and a node may need a reboot:
   \`\`\`sh
   kubectl --context ${cluster.name} get pvc,volumesnapshot -A
   kubectl --context ${cluster.name} get pv -o custom-columns=NAME:.metadata.name,CLASS:.spec.storageClassName,CLAIM:.spec.claimRef.name | grep -E '${classesOf(settings).join("|")}'
   kubectl --context ${cluster.name} get objectbucketclaim -A
   \`\`\`
   Volumes are kept when their claim goes: delete the PersistentVolumes that are left, once nobody mounts them.
3. Take it out of git: \`retire(place(rookCeph, …), { because: "…", app: "orphan", data: "keep" })\` on ${cluster.name}, \`npm run synth\`, commit, push. Its Application goes, and nothing else. Now nobody undoes what follows.
4. Say that you mean it, on the cluster and never in git:
   \`\`\`sh
   kubectl --context ${cluster.name} -n ${namespace} patch cephcluster ${name} --type merge -p '{"spec":{"cleanupPolicy":{"confirmation":"yes-really-destroy-data"}}}'
   \`\`\`
5. Delete in this order, and wait for each:
   \`\`\`sh
${objectsOf(settings).map((object) => `   kubectl --context ${cluster.name} -n ${namespace} delete ${object}`).join("\n")}
   kubectl --context ${cluster.name} -n ${namespace} delete cephcluster ${name}
   kubectl --context ${cluster.name} -n ${namespace} wait --for=delete cephcluster/${name} --timeout=30m
   \`\`\`
6. The operator now wipes each host. Wait until all of these are complete:
   \`\`\`sh
   kubectl --context ${cluster.name} -n ${namespace} wait --for=condition=complete ${hosts.map((host) => `job/cluster-cleanup-job-${host.name}`).join(" ")} --timeout=30m
   \`\`\`
7. Then the rest: \`kubectl --context ${cluster.name} -n ${namespace} delete drivers.csi.ceph.io,operatorconfigs.csi.ceph.io,clientprofiles.csi.ceph.io,cephconnections.csi.ceph.io --all\`, the classes (\`kubectl --context ${cluster.name} delete storageclass ${classesOf(settings).join(" ")}\`), and \`kubectl --context ${cluster.name} delete namespace ${namespace}\`.
8. On each host, nothing may be left, or a new Ceph will not start there:
${hosts.map((host) => wiped(host)).join("\n")}
`;

const wiped = ({ name, disks }: CephHost): string => `
   ${name}:
   \`\`\`sh
   ls ${dataDirectory}                       # gone, or: rm -rf ${dataDirectory}
${disks.map((disk) => `   lsblk -f ${diskPath(disk.id)}\n   # only if it still shows something: wipe exactly this disk\n   sgdisk --zap-all ${diskPath(disk.id)} && ${wipe(disk)} && partprobe ${diskPath(disk.id)}`).join("\n")}
   \`\`\``;

const wipe = ({ id, media, size }: CephHost["disks"][number]): string =>
  media === "hdd"
    ? // Ceph keeps copies of its label at these offsets: Documentation/Storage-Configuration/ceph-teardown.md in Rook.
      [0, 1, 10, 100, 1000].filter((offset) => offset * 2 ** 30 < bytesOf(size)).map((offset) => `dd if=/dev/zero of=${diskPath(id)} bs=1K count=200 oflag=direct,dsync seek=${offset * 2 ** 20}`).join(" && ")
    : `blkdiscard ${diskPath(id)}`;

const stuck = ({ cluster, name, namespace, hosts }: Here): string => `
## When it hangs

A CephCluster that does not go waits for what still uses it. Its events and the operator's log say for what:

\`\`\`sh
kubectl --context ${cluster.name} -n ${namespace} describe cephcluster ${name}
kubectl --context ${cluster.name} -n ${namespace} logs deploy/${name}-operator --tail=100
\`\`\`

Only when the operator is gone and nothing is mounted any more (\`mount | grep -E 'rbd|ceph'\` on ${cluster.nodes.map((node) => node.name).join(", ")} is empty) may the finalizers be taken off:

\`\`\`sh
for kind in $(kubectl --context ${cluster.name} api-resources --api-group=ceph.rook.io -o name); do
  kubectl --context ${cluster.name} -n ${namespace} get "$kind" -o name | xargs -r -I{} kubectl --context ${cluster.name} -n ${namespace} patch {} --type merge -p '{"metadata":{"finalizers":[]}}'
done
kubectl --context ${cluster.name} -n ${namespace} patch configmap/rook-ceph-mon-endpoints --type merge -p '{"metadata":{"finalizers":[]}}'
kubectl --context ${cluster.name} -n ${namespace} patch secret/rook-ceph-mon --type merge -p '{"metadata":{"finalizers":[]}}'
\`\`\`

The hosts are then wiped by hand, as in the last step above: ${hosts.map((host) => host.name).join(", ")}.
`;

const classesOf = ({ offers }: RookCephSettings): readonly string[] => offers.map((offer) => rookClasses[offer]);

/** What holds data, in the order in which it can go. */
const objectsOf = ({ offers }: RookCephSettings): readonly string[] => [
  ...(offers.includes("bucket") ? [`cephobjectstore ${cephNames.objectStore}`] : []),
  ...(offers.includes("shared") ? [`cephfilesystem ${cephNames.filesystem}`] : []),
  ...(offers.includes("block") ? [`cephblockpool ${cephNames.pool}`] : []),
  "cephblockpool builtin-mgr",
];
