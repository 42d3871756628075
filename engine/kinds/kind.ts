import { importedOperators, type ImportedKind } from "../../imports/operators";
import { groupOf, type Manifest } from "../model/manifest";

/** A kind of object as AppProjects and roles name it, without its version. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

export const kindOf = (manifest: Manifest): Kind => ({ group: groupOf(manifest), kind: manifest.kind });
export const nameOfKind = ({ group, kind }: Kind): string => `${group}/${kind}`;

/** Kinds without repetition, in an order that no order of releases changes. */
export function distinctKinds(kinds: readonly Kind[]): readonly Kind[] {
  const byName = new Map(kinds.map((kind) => [nameOfKind(kind), kind]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

const imported: ReadonlyMap<string, ImportedKind> = new Map(importedOperators.flatMap(({ kinds }) => kinds.map((kind) => [nameOfKind(kind), kind])));

/** Whether an operator's CRD defines the kind, rather than Kubernetes itself. */
export const isCustom = (kind: Kind): boolean => imported.has(nameOfKind(kind));

/** Kinds that a cluster knows before anything is synced to it, other than Kubernetes' own. */
const standing: ReadonlySet<string> = new Set(importedOperators.filter(({ broughtBy }) => broughtBy !== undefined).flatMap(({ kinds }) => kinds.map(nameOfKind)));

/** Whether a kind may be unknown yet when its first object is applied. */
export const isBroughtLater = (kind: Kind): boolean => isCustom(kind) && !standing.has(nameOfKind(kind));

/** Kubernetes' own kinds that belong to no namespace; a test compares them with its API's description. */
export const clusterScopedKinds: ReadonlySet<string> = new Set([
  "/Namespace",
  "/PersistentVolume",
  "admissionregistration.k8s.io/MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "networking.k8s.io/IngressClass",
  "networking.k8s.io/ServiceCIDR",
  "node.k8s.io/RuntimeClass",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "resource.k8s.io/DeviceClass",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/StorageClass",
  "storage.k8s.io/VolumeAttributesClass",
]);

export const isClusterScoped = (kind: Kind): boolean => {
  const name = nameOfKind(kind);
  const custom = imported.get(name);
  return custom ? !custom.namespaced : clusterScopedKinds.has(name);
};

/**
 * The resource of a kind, as roles and webhooks name it: an operator's CRD says it, and Kubernetes' own follow its rule of
 * thumb (UnsafeGuessKindToResource in k8s.io/apimachinery/pkg/api/meta/restmapper.go).
 */
export function resourceOf(kind: Kind): string {
  const custom = imported.get(nameOfKind(kind));
  if (custom) return custom.plural;
  const singular = kind.kind.toLowerCase();
  if (singular === "endpoints") return singular;
  if (singular.endsWith("s")) return `${singular}es`;
  return singular.endsWith("y") ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
