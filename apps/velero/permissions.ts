import type { AccountProps, Permission } from "../../engine/workload/account";

const velero = ["backups", "backuprepositories", "backupstoragelocations", "datadownloads", "datauploads", "deletebackuprequests", "downloadrequests", "podvolumebackups", "podvolumerestores", "restores", "schedules", "serverstatusrequests"];

/**
 * What Velero 1.18.3 may do: upstream binds cluster-admin (pkg/install/resources.go). This suffices because only claims,
 * volumes and pods are copied. Taken from the calls in its source: pkg/backup, pkg/restore, pkg/exposer, pkg/podvolume,
 * pkg/util/kube and pkg/repository. The node agents and whatever they make run under the same account, because their token
 * must be the one that the bucket admits.
 * @param writes namespaces that are restored into
 */
export const permissions = (writes: readonly string[], snapshots: boolean): AccountProps => ({
  documented: "its client calls at 1.18.3: pkg/backup, pkg/restore, pkg/exposer, pkg/podvolume, pkg/util/kube and pkg/repository of velero",
  // Pods that Velero makes copy its own pods, which have a token.
  forMadePods: true,
  cluster: [
    { resources: ["namespaces"], verbs: ["get", "list"] },
    { resources: ["nodes"], verbs: ["get", "list", "watch"] },
    // Node agents keep an index of their node's pods, and find volumes by way of claims.
    { resources: ["pods"], verbs: ["get", "list", "watch"] },
    { resources: ["persistentvolumeclaims"], verbs: ["get", "list", "watch"] },
    {
      resources: ["persistentvolumes"],
      verbs: ["get", "list", "watch", "create", "patch", "update", ...(snapshots ? ["delete"] : [])],
      because: "it makes volumes to restore into; deleted are only those that it made itself, to read a snapshot from",
    },
    { groups: ["storage.k8s.io"], resources: ["storageclasses", "csidrivers"], verbs: ["get", "list", "watch"] },
    { groups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: ["get", "list", "watch"] },
    { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get", "list"] },
    // Asked for when a backup begins, whatever is in it: pkg/util/actionhelpers/rbac.go.
    { groups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"], verbs: ["list"] },
    ...(snapshots
      ? [
          { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotclasses"], verbs: ["get", "list", "watch"] },
          { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotcontents"], verbs: ["get", "list", "watch", "create", "patch", "update", "delete"] },
        ]
      : []),
  ],
  here: [
    // No `create`: where the repositories' password is not there yet, Velero would make one that everybody knows (pkg/repository/keys).
    { resources: ["secrets"], verbs: ["get", "list", "watch"] },
    { resources: ["configmaps"], verbs: ["get", "list", "watch", "create", "patch", "update", "delete"] },
    { resources: ["pods"], verbs: ["create", "patch", "update", "delete"] },
    { resources: ["pods/log"], verbs: ["get"] },
    { resources: ["persistentvolumeclaims"], verbs: ["create", "patch", "update", "delete"] },
    { resources: ["events"], verbs: ["get", "list", "watch", "create", "patch", "update"] },
    { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: ["get", "list", "watch"] },
    { groups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch", "create", "delete"] },
    { groups: ["velero.io"], resources: velero, verbs: ["get", "list", "watch", "create", "patch", "update", "delete"] },
    { groups: ["velero.io"], resources: velero.map((kind) => `${kind}/status`), verbs: ["get", "patch", "update"] },
  ],
  there: Object.fromEntries([...new Set(writes)].sort().map((namespace) => [namespace, restoring(snapshots)])),
});

/** What a restore makes in a namespace, and what a snapshot of its volumes takes. */
const restoring = (snapshots: boolean): readonly Permission[] => [
  { resources: ["pods", "persistentvolumeclaims"], verbs: ["create", "patch", "update"] },
  { resources: ["events"], verbs: ["list"] },
  ...(snapshots ? [{ groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots"], verbs: ["get", "list", "watch", "create", "patch", "update", "delete"] }] : []),
];
