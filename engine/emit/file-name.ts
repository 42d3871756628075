import { createHash } from "node:crypto";
import { groupOf, type Manifest } from "../model/manifest";

/**
 * The API groups of Kubernetes itself (https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/, "API Groups"):
 * no kind that is applied from a file stands in two of them.
 */
const BUILT_IN = new Set([
  "", "apps", "autoscaling", "batch", "policy",
  "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "certificates.k8s.io", "coordination.k8s.io",
  "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io",
  "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
]);

/** Far below the 255 bytes that file systems take, with room for the kind, the hash and a temporary name. */
const LONGEST_NAME = 150;

/**
 * The file of one object: `deployment.ollama.yaml`. It follows from the object alone, so that no other object's coming
 * or going renames it.
 * - A kind outside Kubernetes' own groups carries its group's first label, because kinds repeat between groups
 *   (Backup, Cluster, Service): `backup_velero.nightly.yaml`.
 * - An object outside the release's namespace carries its own: `rolebinding.kube-system_reader.yaml`.
 * - A name with characters that some file system refuses or folds, as RBAC's `system:auth-delegator`, or a very long
 *   one, gets a hash of the exact name: `clusterrole.system-auth-delegator__39ed873ece.yaml`.
 * `_` occurs in no kind, group, namespace or plain name, so that no two names can meet.
 */
export function fileNameOf(manifest: Manifest, namespace: string): string {
  const { name, namespace: own = namespace } = manifest.metadata;
  const group = groupOf(manifest);
  const kind = BUILT_IN.has(group) ? manifest.kind : `${manifest.kind}_${group.split(".")[0]}`;
  return `${kind.toLowerCase()}.${plainName(own === namespace ? [name] : [own, name])}.yaml`;
}

function plainName(parts: readonly string[]): string {
  const plain = parts.map((part) => part.replace(/[^a-z0-9.-]/g, "-")).join("_");
  if (plain === parts.join("_") && plain.length <= LONGEST_NAME) return plain;
  const hash = createHash("sha256").update(parts.join("/")).digest("hex").slice(0, 10);
  return `${plain.slice(0, LONGEST_NAME)}__${hash}`;
}
