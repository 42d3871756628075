import type { Permission } from "../../engine/workload/account";

/**
 * What NVIDIA's operator may do: deployments/gpu-operator/templates/clusterrole.yaml and role.yaml at v26.7.0. It makes the accounts
 * and roles of its pods itself, and Kubernetes lets nobody give away what he does not have: hence OpenShift's and DRA's permissions,
 * which those roles name here too. Left out: changing namespaces and definitions, which only settings that are off need.
 */
const read = ["get", "list", "watch"] as const;
const own = ["create", "get", "list", "watch", "update", "patch", "delete"] as const;

const openShift: readonly Permission[] = [
  { groups: ["config.openshift.io"], resources: ["clusterversions", "proxies"], verbs: read },
  { groups: ["image.openshift.io"], resources: ["imagestreams"], verbs: read },
  { groups: ["security.openshift.io"], resources: ["securitycontextconstraints"], verbs: [...own, "use"] },
];

const dynamicResources: readonly Permission[] = [
  { groups: ["resource.nvidia.com"], resources: ["computedomains", "computedomains/status"], verbs: [...read, "update", "patch"] },
  { groups: ["resource.nvidia.com"], resources: ["computedomaincliques"], verbs: [...read, "create", "update", "patch"] },
  { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"] },
  { groups: ["resource.k8s.io"], resources: ["resourceclaims"], verbs: read },
  { groups: ["resource.k8s.io"], resources: ["resourceclaimtemplates", "deviceclasses", "resourceslices"], verbs: [...read, "create", "update", "delete"] },
  { groups: ["admissionregistration.k8s.io"], resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"], verbs: [...read, "create", "update", "delete"] },
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
  { resources: ["namespaces"], verbs: read },
  { resources: ["events"], verbs: [...read, "create", "delete"] },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
  { resources: ["pods"], verbs: [...read, "patch"] },
  { resources: ["pods/eviction"], verbs: ["create"], because: "pods with a GPU leave before the driver under them is changed" },
  { groups: ["apps"], resources: ["daemonsets"], verbs: read },
  {
    groups: ["nvidia.com"],
    resources: ["clusterpolicies", "gpuclusters", "nvidiadrivers"].flatMap((kind) => [kind, `${kind}/finalizers`, `${kind}/status`]),
    verbs: [...own, "deletecollection"],
  },
  { groups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: [...read, "create"] },
  { groups: ["node.k8s.io"], resources: ["runtimeclasses"], verbs: [...read, "create", "update", "delete"] },
  { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: read },
];

/** In its own namespace: its pods and everything that they are made of. */
export const namespacePermissions: readonly Permission[] = [
  { groups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: own, because: "it makes the roles of its pods; it can give away no more than it has itself" },
  { groups: ["apps"], resources: ["controllerrevisions"], verbs: read },
  { groups: ["apps"], resources: ["daemonsets", "deployments"], verbs: own },
  { resources: ["configmaps", "endpoints", "pods", "pods/eviction", "secrets", "services", "services/finalizers", "serviceaccounts"], verbs: own },
  { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: own },
  { groups: ["monitoring.coreos.com"], resources: ["servicemonitors", "prometheusrules"], verbs: [...read, "create", "update", "delete"] },
  { groups: ["nfd.k8s-sigs.io"], resources: ["nodefeatures"], verbs: [...read, "create", "update"] },
];
