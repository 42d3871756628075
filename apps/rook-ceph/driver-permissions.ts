import type { AccountProps, Permission } from "../../engine/workload/account";
import { tellsEvents } from "../../engine/workload/permissions";
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
    { resources: ["nodes"], verbs: ["list", "watch"], because: "labels of nodes say where volumes may be used" },
    { groups: ["storage.k8s.io"], resources: ["csidrivers"], verbs: all, because: "it registers each driver with Kubernetes" },
    { groups: ["cbt.storage.k8s.io"], resources: ["snapshotmetadataservices"], verbs: ["get", "list", "watch"], because: "it asks whether there is one, and finds that nobody has heard of the kind" },
  ],
  here: [
    { resources: ["configmaps", "services"], verbs: all, because: "it makes the drivers' configuration and their metrics Services" },
    { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: all, because: "it makes the drivers' pods" },
    { groups: [csi], resources: ["cephconnections"], verbs: ["delete", "get", "list", "update", "watch"], because: "how a driver reaches Ceph; it marks those that are in use" },
    { groups: [csi], resources: ["clientprofilemappings", "clientprofiles", "drivers"], verbs: all, because: "it acts on these" },
    { groups: [csi], resources: ["clientprofilemappings/finalizers", "clientprofiles/finalizers", "drivers/finalizers"], verbs: ["update"], because: "what it makes of them belongs to them" },
    { groups: [csi], resources: ["clientprofilemappings/status", "clientprofiles/status", "drivers/status"], verbs: ["get", "patch", "update"], because: "how far each is stands in its status" },
    { groups: [csi], resources: ["operatorconfigs"], verbs: ["get", "list", "watch"], because: "what all drivers have in common" },
    { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: all, because: "the lease by which one of several leads" },
    tellsEvents,
  ],
};

/** Keys that storage and snapshot classes name; here they all stand in this namespace, so that nobody reads others. */
const keys: Permission = { resources: ["secrets"], verbs: ["get"], because: "volumes are made and mounted with Ceph's keys, which classes name" };

/** Which Ceph to reach stands in a ConfigMap, and the driver asks of its own pod. */
const settings: Permission = { resources: ["configmaps", "pods"], verbs: ["get"], because: "which Ceph to reach is in a ConfigMap; the other is its own pod" };

const snapshots = "snapshot.storage.k8s.io";

/** Makes, attaches, grows and snapshots volumes; of two, one holds the lease. */
export const controllerPermissions: AccountProps = {
  documented,
  cluster: [
    { resources: ["nodes"], verbs: ["get", "list", "watch"], because: "where a volume can be reached from" },
    { resources: ["persistentvolumes"], verbs: ["get", "list", "watch", "create", "delete", "patch", "update"], because: "it makes the volume for each claim" },
    { resources: ["persistentvolumeclaims"], verbs: ["get", "list", "watch", "update"], because: "it fills and grows these" },
    { resources: ["persistentvolumeclaims/status"], verbs: ["patch"], because: "how far a volume has grown stands in its claim's status" },
    { resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"], because: "it tells what it made, and counts again what it told before" },
    { groups: ["storage.k8s.io"], resources: ["csinodes", "storageclasses", "volumeattributesclasses"], verbs: ["get", "list", "watch"], because: "on which nodes the driver is, and how a volume is to be made" },
    { groups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["get", "list", "watch", "patch"], because: "it attaches a volume to a node as these say" },
    { groups: ["storage.k8s.io"], resources: ["volumeattachments/status"], verbs: ["patch"], because: "whether it is attached stands in their status" },
    { groups: [snapshots], resources: ["volumesnapshots"], verbs: ["get", "list"], because: "which claim a snapshot is of" },
    { groups: [snapshots], resources: ["volumesnapshotclasses"], verbs: ["get", "list", "watch"], because: "how a snapshot is made" },
    { groups: [snapshots], resources: ["volumesnapshotcontents"], verbs: ["get", "list", "watch", "patch", "update"], because: "it makes a snapshot for each" },
    { groups: [snapshots], resources: ["volumesnapshotcontents/status"], verbs: ["update", "patch"], because: "its handle stands in its status" },
  ],
  here: [
    keys,
    settings,
    { groups: ["apps"], resources: ["replicasets"], verbs: ["get"], because: "whose pod it is, so that what it makes belongs to it" },
    { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "watch", "list", "delete", "update", "create"], because: "of two, one holds the lease" },
  ],
};

/** Mounts volumes on one node. */
export const nodePluginPermissions = (kind: DriverKind): AccountProps => ({
  documented,
  cluster: [
    { resources: ["nodes", "persistentvolumes", "persistentvolumeclaims"], verbs: ["get"], because: "its node's labels, and whose a volume is" },
    { resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"], because: "it tells what it mounted, and counts again what it told before" },
    ...(kind === "rbd" ? ([{ resources: ["persistentvolumes"], verbs: ["list"], because: "after a restart it looks for the block devices that this node should have" }, { groups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["get", "list"], because: "and which of them are attached here" }] satisfies Permission[]) : []),
  ],
  here: [keys, settings],
});
