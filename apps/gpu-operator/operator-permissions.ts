import type { Permission } from "../../engine/workload/account";

/**
 * What NVIDIA's operator may do: deployments/gpu-operator/templates/clusterrole.yaml and role.yaml at v26.7.0. It makes the accounts
 * and roles of its pods itself, and Kubernetes lets nobody give away what he does not have: hence OpenShift's and DRA's permissions,
 * which those roles name here too. Left out: changing namespaces and definitions, which only settings that are off need, and deleting
 * many objects at once, which its source does nowhere.
 */
const read = ["get", "list", "watch"] as const;
const own = ["create", "get", "list", "watch", "update", "patch", "delete"] as const;

const openShift: readonly Permission[] = [
  { groups: ["config.openshift.io"], resources: ["clusterversions", "proxies"], verbs: read, because: "it asks whether this is OpenShift, and of which version" },
  { groups: ["image.openshift.io"], resources: ["imagestreams"], verbs: read, because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["security.openshift.io"], resources: ["securitycontextconstraints"], verbs: [...own, "use"], because: "its pods' roles name it, and it gives away only what it has" },
];

const dynamicResources: readonly Permission[] = [
  { groups: ["resource.nvidia.com"], resources: ["computedomains", "computedomains/status"], verbs: [...read, "update", "patch"], because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["resource.nvidia.com"], resources: ["computedomaincliques"], verbs: [...read, "create", "update", "patch"], because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"], because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["resource.k8s.io"], resources: ["resourceclaims"], verbs: read, because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["resource.k8s.io"], resources: ["resourceclaimtemplates", "deviceclasses", "resourceslices"], verbs: [...read, "create", "update", "delete"], because: "its pods' roles name it, and it gives away only what it has" },
  { groups: ["admissionregistration.k8s.io"], resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"], verbs: [...read, "create", "update", "delete"], because: "its pods' roles name it, and it gives away only what it has" },
];

export const clusterPermissions: readonly Permission[] = [
  ...openShift,
  ...dynamicResources,
  {
    groups: ["rbac.authorization.k8s.io"],
    resources: ["clusterroles", "clusterrolebindings"],
    verbs: own,
    because: "it makes the roles of its drivers' and plugins' pods; it can give away no more than it has itself",
  },
  { resources: ["nodes"], verbs: [...read, "update", "patch"], because: "labels on a node decide which of its pods run there, and a driver is changed on a cordoned node" },
  { resources: ["namespaces"], verbs: read, because: "its own, whose labels it looks at" },
  { resources: ["events"], verbs: [...read, "create", "delete"], because: "it tells what it did; its pods' roles have the rest" },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"], because: "it tells what it did" },
  { resources: ["pods"], verbs: [...read, "patch"], because: "it waits for pods with a GPU to be gone before a driver is changed" },
  { resources: ["pods/eviction"], verbs: ["create"], because: "pods with a GPU leave before the driver under them is changed" },
  { groups: ["apps"], resources: ["daemonsets"], verbs: read, because: "whose a pod is decides whether it is evicted" },
  {
    groups: ["nvidia.com"],
    resources: ["clusterpolicies", "gpuclusters", "nvidiadrivers"].flatMap((kind) => [kind, `${kind}/finalizers`, `${kind}/status`]),
    verbs: own,
    because: "it acts on these, and their status says how far it is",
  },
  { groups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: [...read, "create"], because: "it looks for whatever it may have made, classes of pods included: internal/state/state_skel.go" },
  { groups: ["node.k8s.io"], resources: ["runtimeclasses"], verbs: [...read, "create", "update", "delete"], because: "by this pods reach NVIDIA's runtime" },
  { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: read, because: "it asks which kinds are there before it watches them" },
];

/** In its own namespace: its pods and everything that they are made of. */
export const namespacePermissions: readonly Permission[] = [
  { groups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: own, because: "it makes the roles of its pods; it can give away no more than it has itself" },
  { groups: ["apps"], resources: ["controllerrevisions"], verbs: read, because: "which driver pods are of the newest revision" },
  { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: own, because: "its drivers and plugins are these" },
  { resources: ["configmaps", "endpoints", "pods", "pods/eviction", "secrets", "services", "services/finalizers", "serviceaccounts"], verbs: own, because: "what its drivers and plugins are made of; evicted are those under a driver that is changed" },
  { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: own, because: "the lease by which one of several leads" },
  { groups: ["monitoring.coreos.com"], resources: ["servicemonitors", "prometheusrules"], verbs: [...read, "create", "update", "delete"], because: "it makes monitors for its pods where it is told to" },
  { groups: ["nfd.k8s-sigs.io"], resources: ["nodefeatures"], verbs: [...read, "create", "update"], because: "GPU feature discovery tells by these; its role names them, and it gives away only what it has" },
];
