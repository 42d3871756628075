import type { AccountProps, Permission } from "../../engine/workload/account";

/** What is done to Velero's own kinds besides reading them, and why: every such call of a client in pkg and internal at 1.18.3. */
const own: Readonly<Record<string, { readonly verbs: readonly string[]; readonly because: string }>> = {
  backups: { verbs: ["create", "patch", "update", "delete"], because: "schedules make them, others are learnt from the bucket, and those that are too old go" },
  backuprepositories: { verbs: ["create", "patch"], because: "each namespace that is copied has one in each bucket" },
  backupstoragelocations: { verbs: ["patch", "update"], because: "it says which of them answer" },
  datadownloads: { verbs: ["create", "patch", "update"], because: "one for each snapshot that is restored; node agents say how far it is" },
  datauploads: { verbs: ["create", "patch", "update", "delete"], because: "one for each snapshot that is copied; node agents say how far it is" },
  deletebackuprequests: { verbs: ["create", "patch", "delete", "deletecollection"], because: "a copy that is too old is asked to go, and so are these when it is gone" },
  downloadrequests: { verbs: ["patch", "delete"], because: "it answers those of the command line, and takes them away" },
  podvolumebackups: { verbs: ["create", "update"], because: "one for each volume whose files are copied; node agents say how far it is" },
  podvolumerestores: { verbs: ["create", "patch", "update"], because: "one for each volume whose files come back; node agents say how far it is" },
  restores: { verbs: ["patch", "delete"], because: "it says how far they are; they go with their copy" },
  schedules: { verbs: ["patch"], because: "it writes down when it last began" },
  serverstatusrequests: { verbs: ["patch", "delete"], because: "it answers those of the command line, and takes them away" },
};

const volumeSnapshots = (because: string): Permission => ({ groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots"], verbs: ["get", "list", "watch", "create", "patch", "delete"], because });

/**
 * What Velero 1.18.3 may do: upstream binds cluster-admin (pkg/install/resources.go). This suffices because only claims,
 * volumes and pods are copied. Taken from the calls in its source: pkg/backup, pkg/restore, pkg/exposer, pkg/podvolume,
 * pkg/util/kube and pkg/repository. The node agents and whatever they make run under the same account, because their token
 * must be the one that the bucket admits.
 * @param writes namespaces that are restored into
 */
export const permissions = (writes: readonly string[], snapshots: boolean): AccountProps => ({
  documented: "the audit logs of two real runs (npm run e2e:operators: snapshots, and files), and for what they have no use for (copies that expire, the command line) its client calls at 1.18.3: pkg/backup, pkg/restore, pkg/exposer, pkg/podvolume, pkg/util/kube and pkg/repository of velero",
  // Pods that Velero makes copy its own pods, which have a token.
  forMadePods: true,
  cluster: [
    { resources: ["namespaces"], verbs: ["get", "list", "watch"], because: "a backup says of each namespace that it is there, and so does a restore; it looks them up in an index" },
    { resources: ["nodes"], verbs: ["get", "list", "watch"], because: "which of them can copy, and where a pod that copies may stand" },
    { resources: ["pods"], verbs: ["get", "list", "watch"], because: "node agents keep an index of their node's pods, and find what to copy by these" },
    { resources: ["persistentvolumeclaims"], verbs: ["get", "list", "watch"], because: "it finds volumes by way of claims" },
    {
      resources: ["persistentvolumes"],
      verbs: ["get", "list", "watch", "create", "patch", ...(snapshots ? ["delete"] : [])],
      because: "it makes volumes to restore into; deleted are only those that it made itself, to read a snapshot from",
    },
    { groups: ["storage.k8s.io"], resources: ["storageclasses", "csidrivers"], verbs: ["get", "list", "watch"], because: "whether a volume can be snapshotted, and what a claim is made anew with" },
    { groups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["list"], because: "where a volume is attached tells for which system its copying pod must be: pkg/util/kube/pvc_pv.go" },
    { groups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: ["get", "list", "watch"], because: "it asks for the class that its pods are to have: pkg/util/kube/priority_class.go" },
    { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get", "list"], because: "a custom resource is copied with its definition" },
    { groups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"], verbs: ["list"], because: "asked for when a backup begins, whatever is in it: pkg/util/actionhelpers/rbac.go" },
    ...(snapshots
      ? [
          { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotclasses"], verbs: ["get", "list", "watch"], because: "how a snapshot is made" },
          { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotcontents"], verbs: ["get", "list", "watch", "create", "patch", "update", "delete"], because: "what a snapshot is made of; those that it read from are deleted" },
        ]
      : []),
  ],
  here: [
    { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "the repositories' password, and the keys of buckets. No `create`: it would make a password that everybody knows (pkg/repository/keys)" },
    { resources: ["configmaps"], verbs: ["get", "list", "watch", "create", "delete", "deletecollection"], because: "its settings, and those that it hands to the pods that copy: pkg/util/kube/secrets.go; what a restore wrote down for itself goes in one request" },
    { resources: ["pods"], verbs: ["create", "delete"], because: "pods that copy are made for each volume, and go when it is done" },
    { resources: ["pods/log"], verbs: ["get"], because: "why a pod that copied failed goes into the log" },
    { resources: ["persistentvolumeclaims"], verbs: ["create", "patch", "delete"], because: "a snapshot is read, and restored into, by a claim here" },
    { resources: ["events"], verbs: ["list", "watch", "create", "patch"], because: "it tells what it copied, and reads what kept a pod from it" },
    { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: ["get", "list", "watch"], because: "whether node agents run, and how pods that copy are to look" },
    { groups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch", "create", "delete"], because: "repositories are tidied in Jobs" },
    { groups: ["velero.io"], resources: ["volumesnapshotlocations"], verbs: ["get", "list", "watch"], because: "none is here, and a backup begins only when that is known: pkg/controller/backup_controller.go" },
    ...Object.entries(own).map(([kind, { verbs, because }]) => ({ groups: ["velero.io"], resources: [kind], verbs: ["get", "list", "watch", ...verbs], because })),
    ...(snapshots ? [volumeSnapshots("here is where it reads a snapshot from, of whichever namespace: pkg/exposer/csi_snapshot.go")] : []),
  ],
  there: Object.fromEntries([...new Set(writes)].sort().map((namespace) => [namespace, restoring(snapshots)])),
});

/** What a restore makes in a namespace, and what a snapshot of its volumes takes. */
const restoring = (snapshots: boolean): readonly Permission[] => [
  { resources: ["pods", "persistentvolumeclaims"], verbs: ["create", "patch"], because: "what is restored there" },
  { resources: ["events"], verbs: ["list"], because: "what keeps a restored pod from starting goes into the log" },
  ...(snapshots ? [volumeSnapshots("a snapshot is made of each claim there, and goes when it is copied")] : []),
];
