/**
 * Fields that the API server never lets change, by kind. Read in Kubernetes 1.36.3: pkg/apis/<group>/validation and
 * apiextensions-apiserver/pkg/apis/apiextensions/validation. A list beginning with "not" holds for everything below `spec` but these.
 */
export interface Immutable {
  readonly fields: readonly (readonly string[])[];
  /** A field that the API server fills in by itself, and keeps where an object no longer says it. */
  readonly filledIn?: true;
}

const all = (...fields: readonly string[]): Immutable => ({ fields: fields.map((field) => field.split(".")) });

/** See {@link Immutable}. StatefulSets, claims and volumes name what may change instead: {@link mutableInSpec}. */
export const immutableFields: Readonly<Record<string, Immutable>> = {
  "apps/Deployment": all("spec.selector"),
  "apps/DaemonSet": all("spec.selector"),
  "apps/ReplicaSet": all("spec.selector"),
  "batch/Job": all("spec.selector", "spec.template", "spec.completions", "spec.completionMode", "spec.podFailurePolicy", "spec.backoffLimitPerIndex", "spec.managedBy", "spec.successPolicy"),
  "/Service": { ...all("spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.loadBalancerClass", "spec.healthCheckNodePort"), filledIn: true },
  "/Secret": all("type"),
  "storage.k8s.io/StorageClass": all("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"),
  "storage.k8s.io/CSIDriver": all("spec.attachRequired", "spec.volumeLifecycleModes"),
  "storage.k8s.io/VolumeAttributesClass": all("driverName", "parameters"),
  "rbac.authorization.k8s.io/RoleBinding": all("roleRef"),
  "rbac.authorization.k8s.io/ClusterRoleBinding": all("roleRef"),
  "scheduling.k8s.io/PriorityClass": all("value", "preemptionPolicy"),
  "node.k8s.io/RuntimeClass": all("handler"),
  "networking.k8s.io/IngressClass": all("spec.controller"),
  "discovery.k8s.io/EndpointSlice": all("addressType"),
  "apiextensions.k8s.io/CustomResourceDefinition": all("spec.group", "spec.names.plural", "spec.names.kind", "spec.scope"),
};

/** Kinds of whose `spec` only these parts may change. */
export const mutableInSpec: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "apps/StatefulSet": ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"].map((field) => [field]),
  "/PersistentVolumeClaim": [["resources", "requests", "storage"], ["volumeAttributesClassName"]],
};

/** Values that the API server puts where nothing is said, so that saying them changes nothing. */
export const defaults: Readonly<Record<string, unknown>> = {
  "storage.k8s.io/StorageClass reclaimPolicy": "Delete",
  "storage.k8s.io/StorageClass volumeBindingMode": "Immediate",
  "scheduling.k8s.io/PriorityClass preemptionPolicy": "PreemptLowerPriority",
  "/Secret type": "Opaque",
  "/PersistentVolumeClaim spec.volumeMode": "Filesystem",
  "apps/StatefulSet spec.podManagementPolicy": "OrderedReady",
};
