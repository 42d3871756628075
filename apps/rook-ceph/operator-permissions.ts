import type { Permission } from "../../engine/workload/account";

/**
 * What Rook's operator may do. Upstream's roles (deploy/examples/common.yaml at v1.20.6) let it work in every namespace; here it
 * watches its own alone, so that most of them hold only there. Left out: OpenShift, Multus, COSI, NVMe-oF, other networks' Ceph.
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
  { resources: ["nodes", "persistentvolumes"], verbs: ["get", "list", "watch"] },
  { groups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get", "list", "watch"] },
  { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get"] },
];

/** In the whole cluster, because a claim on a bucket stands beside the app that wants it. */
export const bucketPermissions: readonly Permission[] = [
  { groups: ["objectbucket.io"], resources: ["objectbucketclaims"], verbs: ["list", "watch", "get", "update"] },
  { groups: ["objectbucket.io"], resources: ["objectbuckets"], verbs: ["list", "watch", "get", "create", "update", "delete"] },
  { groups: ["objectbucket.io"], resources: ["objectbucketclaims/status", "objectbuckets/status", "objectbucketclaims/finalizers", "objectbuckets/finalizers"], verbs: ["update"] },
  { resources: ["configmaps"], verbs: ["get", "create", "update", "delete"] },
  {
    resources: ["secrets"],
    verbs: ["get", "create", "update", "delete"],
    because: "a bucket's keys are written as a Secret beside its claim, in whichever namespace that stands; it may not list them",
  },
];

/** In its own namespace: Ceph's daemons and everything that they are made of. */
export const namespacePermissions: readonly Permission[] = [
  { groups: [ceph], resources: [...kinds, "cephcosidrivers"], verbs: ["get", "list", "watch", "update"] },
  { groups: [ceph], resources: kinds.flatMap((kind) => [`${kind}/status`, `${kind}/finalizers`]), verbs: ["update"] },
  { groups: ["csi.ceph.io"], resources: ["cephconnections", "clientprofiles", "operatorconfigs", "drivers"], verbs: ["create", "delete", "get", "list", "update", "watch"] },
  { resources: ["pods", "pods/log", "services", "configmaps", "persistentvolumeclaims", "events", "endpoints"], verbs: all },
  { resources: ["secrets"], verbs: all, because: "it makes the keys that Ceph's daemons and the storage drivers sign in with" },
  { resources: ["pods/exec"], verbs: ["create"], because: "it asks daemons through their own admin socket when they answer nobody else" },
  { groups: ["apps"], resources: ["deployments", "daemonsets"], verbs: [...all, "deletecollection"] },
  { groups: ["apps"], resources: ["statefulsets", "replicasets"], verbs: ["get", "list", "watch", "create", "update", "delete", "deletecollection"] },
  { groups: ["apps"], resources: ["deployments/finalizers"], verbs: ["update"] },
  { groups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["get", "list", "watch", "create", "update", "delete", "deletecollection"] },
  { groups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["get", "list", "watch", "create", "update", "delete", "deletecollection"] },
  { groups: ["discovery.k8s.io"], resources: ["endpointslices", "endpointslices/restricted"], verbs: all },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "update"] },
];
