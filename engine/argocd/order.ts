import { firstStartOf } from "../model/first-start";
import { annotated, fieldOf, type Manifest } from "../model/manifest";
import type { Release } from "../model/release";
import { syncWaveAnnotation } from "../model/sync-wave";
import { definedBy } from "../kinds/definitions";
import { isBroughtLater, isCustom, kindOf, nameOfKind } from "../kinds/kind";
import { answeredBy } from "../kinds/webhooks";
import { claimsMounted } from "./idle-claims";
import { withSyncOptions } from "./sync-options";

/**
 * A release's objects with what Argo CD must know to apply them in order, and with nothing where any order will do:
 * - a custom resource whose CRD another Application brings may be there before it: its dry run is left out (argo-cd#15095),
 *   and the sync is tried again until the CRD is there;
 * - a custom resource that a webhook of the same release must answer for comes in a second wave, which starts when the
 *   first one is healthy, the webhook's Deployment included (cert-manager#1873);
 * - where precious volumes are brought back before the first start, what that takes comes first, and everything else a wave later.
 */
export function ordered(release: Release, manifests: readonly Manifest[]): readonly Manifest[] {
  const own = definedBy(manifests);
  const answers = answeredBy(release, manifests);
  const served = (manifest: Manifest) => isCustom(kindOf(manifest)) && answers(kindOf(manifest));
  const gates = manifests.some(served);
  const waits = waitsForOthers(manifests);
  const first = firstStartOf(release)?.component;
  return manifests.map((manifest) => {
    if (first !== undefined && isJobOf(manifest, first)) return annotated(manifest, everySync);
    const wave = (gates && (served(manifest) || waits(manifest)) ? 1 : 0) + (first !== undefined && !comesFirst(manifest) ? 1 : 0);
    const defined = isBroughtLater(kindOf(manifest)) && !own.has(nameOfKind(kindOf(manifest))) ? withSyncOptions(manifest, "SkipDryRunOnMissingResource=true") : manifest;
    return wave > 0 ? annotated(defined, { [syncWaveAnnotation]: String(wave) }) : defined;
  });
}

const isJobOf = ({ kind, metadata }: Manifest, component: string): boolean => kind === "Job" && metadata.labels?.["app.kubernetes.io/component"] === component;

/**
 * A hook, and no object like the others: with ApplyOutOfSyncOnly a Job that failed is in sync all the same, and the next try
 * would go on without it (gitops-engine, filterOutOfSyncTasks). A hook is made anew at each sync, and whatever it finds done is done.
 */
const everySync = { "argocd.argoproj.io/hook": "Sync", "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation" };

/** Kinds that pods mount, run as or are judged by, and that keep no data and start nothing. */
const beforeAnyPod: ReadonlySet<string> = new Set(["Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "Secret", "NetworkPolicy", "CiliumNetworkPolicy", "Password"]);

/**
 * What restored pods need to start, secrets included. Not among it: what is added to a Secret, or copied from one, that
 * something else may make only later.
 */
function comesFirst(manifest: Manifest): boolean {
  if (manifest.kind === "ExternalSecret") return fieldOf(manifest, "spec", "target", "creationPolicy") !== "Merge";
  if (manifest.kind === "PushSecret") return fieldOf(manifest, "spec", "selector", "secret") === undefined;
  return beforeAnyPod.has(manifest.kind);
}

/**
 * Objects that are healthy only when something else has done its part: in the first wave they would hold up the second for
 * as long as that takes. A claim that no pod of the release mounts may be waiting for the pod that a custom resource makes.
 */
function waitsForOthers(manifests: readonly Manifest[]): (manifest: Manifest) => boolean {
  const mounted = claimsMounted(manifests);
  return (manifest) =>
    manifest.kind === "Ingress" ||
    (manifest.kind === "Service" && fieldOf(manifest, "spec", "type") === "LoadBalancer") ||
    (manifest.kind === "PersistentVolumeClaim" && !mounted.has(manifest.metadata.name));
}
