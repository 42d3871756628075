import type { AccountProps, Permission } from "../../engine/workload/account";
import type { DriverKind } from "./driver-kind";

/**
 * What the CSI operator and the drivers may do: deploy/examples/csi-operator.yaml in Rook 1.20.6, without what only serves
 * features that are off: groups of snapshots, CSI-Addons, replication, encryption with keys of the volume's namespace (for which
 * upstream lets them read every Secret and make tokens of every account).
 */
const csi = "csi.ceph.io";
const documented = "deploy/examples/csi-operator.yaml of rook at v1.20.6";

const all = ["create", "delete", "get", "list", "patch", "update", "watch"] as const;

/** Upstream's may make workloads in every namespace, and watches its own alone: here it may do what it does. */
export const operatorPermissions: AccountProps = {
  documented,
  cluster: [
    { resources: ["nodes"], verbs: ["list", "watch"] },
    { groups: ["storage.k8s.io"], resources: ["csidrivers"], verbs: all },
    // It asks whether there is one, and finds that nobody has heard of the kind.
    { groups: ["cbt.storage.k8s.io"], resources: ["snapshotmetadataservices"], verbs: ["get", "list", "watch"] },
  ],
  here: [
    { resources: ["configmaps", "services"], verbs: all },
    { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: all },
    { groups: [csi], resources: ["cephconnections"], verbs: ["delete", "get", "list", "update", "watch"] },
    { groups: [csi], resources: ["clientprofilemappings", "clientprofiles", "drivers"], verbs: all },
    { groups: [csi], resources: ["clientprofilemappings/finalizers", "clientprofiles/finalizers", "drivers/finalizers"], verbs: ["update"] },
    { groups: [csi], resources: ["clientprofilemappings/status", "clientprofiles/status", "drivers/status"], verbs: ["get", "patch", "update"] },
    { groups: [csi], resources: ["operatorconfigs"], verbs: ["get", "list", "watch"] },
    { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: all },
    { resources: ["events"], verbs: ["create", "patch"] },
  ],
};

/** Keys that storage and snapshot classes name; here they all stand in this namespace, so that nobody reads others. */
const keys: Permission = { resources: ["secrets"], verbs: ["get"], because: "volumes are made and mounted with Ceph's keys, which classes name" };

const snapshots = "snapshot.storage.k8s.io";

/** Makes, attaches, grows and snapshots volumes; of two, one holds the lease. */
export const controllerPermissions: AccountProps = {
  documented,
  cluster: [
    { resources: ["nodes"], verbs: ["get", "list", "watch"] },
    { resources: ["persistentvolumes"], verbs: ["get", "list", "watch", "create", "delete", "patch", "update"], because: "it makes the volume for each claim" },
    { resources: ["persistentvolumeclaims"], verbs: ["get", "list", "watch", "update"] },
    { resources: ["persistentvolumeclaims/status"], verbs: ["patch"] },
    { resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"] },
    { groups: ["storage.k8s.io"], resources: ["csinodes", "storageclasses", "volumeattributesclasses"], verbs: ["get", "list", "watch"] },
    { groups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["get", "list", "watch", "patch"] },
    { groups: ["storage.k8s.io"], resources: ["volumeattachments/status"], verbs: ["patch"] },
    { groups: [snapshots], resources: ["volumesnapshots"], verbs: ["get", "list"] },
    { groups: [snapshots], resources: ["volumesnapshotclasses"], verbs: ["get", "list", "watch"] },
    { groups: [snapshots], resources: ["volumesnapshotcontents"], verbs: ["get", "list", "watch", "patch", "update"] },
    { groups: [snapshots], resources: ["volumesnapshotcontents/status"], verbs: ["update", "patch"] },
  ],
  here: [
    keys,
    { resources: ["configmaps", "pods"], verbs: ["get"] },
    { groups: ["apps"], resources: ["replicasets"], verbs: ["get"] },
    { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "watch", "list", "delete", "update", "create"] },
  ],
};

/** Mounts volumes on one node. */
export const nodePluginPermissions = (kind: DriverKind): AccountProps => ({
  documented,
  cluster: [
    { resources: ["nodes", "persistentvolumes", "persistentvolumeclaims"], verbs: ["get"] },
    { resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"] },
    // After a restart it looks for the block devices that this node should have.
    ...(kind === "rbd" ? ([{ resources: ["persistentvolumes"], verbs: ["list"] }, { groups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["get", "list"] }] satisfies Permission[]) : []),
  ],
  here: [keys, { resources: ["configmaps", "pods"], verbs: ["get"] }],
});
