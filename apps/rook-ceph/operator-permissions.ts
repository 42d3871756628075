import type { Permission } from "../../engine/workload/account";

/**
 * What Rook's operator may do. Upstream's roles (deploy/examples/common.yaml at v1.20.6) let it work in every namespace; here it
 * watches its own alone, so that most of them hold only there. Left out: OpenShift, Multus, COSI, NVMe-oF, other networks' Ceph, and
 * what its source asks for nowhere: StatefulSets, Endpoints, logs of pods, and deleting many objects at once but where it does.
 */
const ceph = "ceph.rook.io";

const kinds = [
  "cephclients",
  "cephclusters",
  "cephblockpools",
  "cephfilesystems",
  "cephnfses",
  "cephnvmeofgateways",
  "cephobjectstores",
  "cephobjectstoreusers",
  "cephobjectstoreaccounts",
  "cephobjectrealms",
  "cephobjectzonegroups",
  "cephobjectzones",
  "cephbuckettopics",
  "cephbucketnotifications",
  "cephrbdmirrors",
  "cephfilesystemmirrors",
  "cephfilesystemsubvolumegroups",
  "cephblockpoolradosnamespaces",
] as const;

const all = ["get", "list", "watch", "patch", "create", "update", "delete"] as const;

/** In the whole cluster: facts about nodes, volumes and classes, which belong to no namespace. */
export const clusterPermissions: readonly Permission[] = [
  { resources: ["nodes", "persistentvolumes"], verbs: ["get", "list", "watch"], because: "on which nodes disks and daemons are, and which volumes a node that is lost has" },
  { groups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get", "list", "watch"], because: "whose a bucket class is, and what a claim for a disk is of" },
  { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get"], because: "it asks which kinds are there before it watches them" },
];

/** In the whole cluster, because a claim on a bucket stands beside the app that wants it. */
export const bucketPermissions: readonly Permission[] = [
  { groups: ["objectbucket.io"], resources: ["objectbucketclaims"], verbs: ["list", "watch", "get", "update"], because: "it makes a bucket of each claim" },
  { groups: ["objectbucket.io"], resources: ["objectbuckets"], verbs: ["list", "watch", "get", "create", "update", "delete"], because: "what a claim was given is kept as one of these" },
  { groups: ["objectbucket.io"], resources: ["objectbucketclaims/status", "objectbuckets/status", "objectbucketclaims/finalizers", "objectbuckets/finalizers"], verbs: ["update"], because: "whether a bucket is there stands in its status" },
  { resources: ["configmaps"], verbs: ["get", "create", "update", "delete"], because: "where a bucket is reached is written beside its claim" },
  {
    resources: ["secrets"],
    verbs: ["get", "create", "update", "delete"],
    because: "a bucket's keys are written as a Secret beside its claim, in whichever namespace that stands; it may not list them",
  },
];

/** In its own namespace: Ceph's daemons and everything that they are made of. */
export const namespacePermissions: readonly Permission[] = [
  { groups: [ceph], resources: [...kinds, "cephcosidrivers"], verbs: ["get", "list", "watch", "update"], because: "it acts on these; without one that nobody uses its cache never starts" },
  { groups: [ceph], resources: kinds.flatMap((kind) => [`${kind}/status`, `${kind}/finalizers`]), verbs: ["update"], because: "how far each is stands in its status, and a finalizer keeps it while Ceph is changed" },
  { groups: ["csi.ceph.io"], resources: ["cephconnections", "clientprofiles", "operatorconfigs", "drivers"], verbs: ["create", "delete", "get", "list", "update", "watch"], because: "it tells the CSI operator how the drivers are to be, and how they reach Ceph" },
  { resources: ["pods", "services", "configmaps", "persistentvolumeclaims", "events"], verbs: all, because: "Ceph's daemons are made of these; what keeps one from starting is read from it" },
  { resources: ["secrets"], verbs: all, because: "it makes the keys that Ceph's daemons and the storage drivers sign in with" },
  { resources: ["pods/exec"], verbs: ["create"], because: "it asks daemons through their own admin socket when they answer nobody else" },
  { groups: ["apps"], resources: ["deployments"], verbs: [...all, "deletecollection"], because: "each daemon is one of these; pods that only held a place go together: disruption/clusterdisruption/reconcile.go" },
  { groups: ["apps"], resources: ["daemonsets"], verbs: all, because: "discovery of disks, which is off, is deleted where it was on: pkg/operator/discover" },
  { groups: ["apps"], resources: ["replicasets"], verbs: ["get"], because: "it finds its own Deployment by its pod: pkg/operator/k8sutil/deployment.go" },
  { groups: ["apps"], resources: ["deployments/finalizers"], verbs: ["update"], because: "what it makes belongs to its Deployment" },
  { groups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch", "create", "update", "delete"], because: "disks are prepared in these" },
  { groups: ["batch"], resources: ["cronjobs"], verbs: ["get", "list", "watch", "create", "update", "delete", "deletecollection"], because: "crash reports are tidied in one; those that renew keys, which is off, go together: osd/key_rotation.go" },
  { groups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["get", "list", "watch", "create", "update", "delete"], because: "no more daemons stop at once than Ceph can spare" },
  { groups: ["discovery.k8s.io"], resources: ["endpointslices", "endpointslices/restricted"], verbs: all, because: "the monitors' addresses are told by these: pkg/operator/ceph/cluster/mon/mon.go" },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "update"], because: "it tells what it did" },
];
