import type { Manifest } from "../../../../engine/model/manifest";
import type { Effect } from "../../../../engine/plan/effect";
import { called, changed, claim, configMap, daemonSet, defaultDeny, deployment, job, namespace, role, service, statefulSet, told } from "../objects";
import { guardedSet, type Releases, type SideOptions } from "../sides";

/** A change whose outcome is Argo CD's to decide: what it prunes, leaves alone or makes anew. */
export interface SyncCase {
  readonly title: string;
  readonly before: Releases;
  readonly after: Releases;
  readonly beforeOptions?: SideOptions;
  readonly afterOptions?: SideOptions;
  readonly says: Effect;
  readonly rule: string;
  readonly refused?: true;
}

const reading = changed(deployment, "spec.template.spec.containers.0.envFrom", [{ configMapRef: { name: "config" } }]);
const guarded = told(claim, "Delete=false", "Prune=false");
const replaced = (manifest: Manifest) => told(manifest, "Force=true", "Replace=true");
const image = "spec.template.spec.containers.0.image";
const next = "registry.example/web:1.0.1";
const unguardedSet = changed(guardedSet, "spec.syncPolicy", undefined);
const hooked = changed(changed(job, "metadata.annotations.argocd\\.argoproj\\.io/hook", "Sync"), "metadata.annotations.argocd\\.argoproj\\.io/hook-delete-policy", "BeforeHookCreation");
const first = called(job, "load-a0ad5e83");

/** What stays in the folder, so that not everything would go: that, Argo CD refuses (allowEmpty). */
const with_ = (...manifests: readonly Manifest[]): Releases => ({ "one/web": [namespace, ...manifests] });

/** See {@link SyncCase}. */
export const syncCases: readonly SyncCase[] = [
  { title: "a Deployment leaves", says: "outage", rule: "pruned", before: with_(deployment), after: with_() },
  { title: "a StatefulSet leaves, and its claims stay", says: "outage", rule: "pruned", before: with_(statefulSet), after: with_() },
  { title: "a StatefulSet leaves with its claims", says: "data at risk", rule: "claim-templates", before: with_(changed(statefulSet, "spec.persistentVolumeClaimRetentionPolicy", { whenDeleted: "Delete" })), after: with_() },
  { title: "a DaemonSet leaves", says: "outage", rule: "pruned", before: with_(daemonSet), after: with_() },
  { title: "a Service leaves", says: "outage", rule: "pruned", before: with_(deployment, service), after: with_(deployment) },
  { title: "a role leaves", says: "live change", rule: "pruned", before: with_(role), after: with_() },
  { title: "configuration leaves that nobody reads", says: "live change", rule: "pruned", before: with_(deployment, configMap), after: with_(deployment) },
  { title: "configuration leaves that pods need", says: "outage", rule: "pruned", before: with_(reading, configMap), after: with_(reading) },
  { title: "a guarded claim leaves", says: "nothing", rule: "pruned", before: with_(guarded), after: with_() },
  { title: "a claim without guards leaves", says: "data at risk", rule: "pruned", before: with_(claim), after: with_() },
  { title: "the only policy that closes leaves", says: "live change", rule: "network-policy", before: with_(defaultDeny), after: with_() },
  { title: "a Job runs again under a new name", says: "live change", rule: "pruned", before: with_(first), after: with_(called(changed(job, image, next), "load-19c0ffee")) },
  { title: "a Job that may be made anew", says: "recreate", rule: "force-replace", before: with_(replaced(job)), after: with_(changed(replaced(job), "spec.activeDeadlineSeconds", 600)) },
  { title: "a claim that may be made anew", says: "data at risk", rule: "force-replace", before: with_(replaced(claim)), after: with_(changed(replaced(claim), "metadata.labels", { tier: "web" })) },
  { title: "a Job that could not be compared, and so is not made anew", says: "recreate", rule: "force-replace", refused: true, before: with_(replaced(job)), after: with_(changed(replaced(job), image, next)) },
  { title: "a Job that may only be replaced", says: "recreate", rule: "immutable-field", refused: true, before: with_(told(job, "Replace=true")), after: with_(changed(told(job, "Replace=true"), image, next)) },
  { title: "a Job that may only be forced", says: "recreate", rule: "immutable-field", refused: true, before: with_(job), after: with_(changed(told(job, "Force=true"), image, next)) },
  { title: "a hook's pods", says: "recreate", rule: "hook", before: with_(hooked, configMap), after: with_(changed(hooked, image, next), changed(configMap, "data.web\\.conf", "two")) },
  { title: "a hook leaves", says: "live change", rule: "hook", before: with_(hooked, configMap), after: with_(changed(configMap, "data.web\\.conf", "two")) },
  { title: "an object leaves a folder that prunes nothing", says: "live change", rule: "pruned", before: with_(deployment), after: with_(), beforeOptions: { parameters: { "one/web": { prune: false } } }, afterOptions: { parameters: { "one/web": { prune: false } } } },
  { title: "a release leaves, guarded", says: "nothing", rule: "application", before: with_(deployment, guarded), after: {} },
  { title: "a release leaves, and the ApplicationSet has lost its guards", says: "data at risk", rule: "argocd", before: with_(deployment, claim), after: {}, afterOptions: { applicationSet: unguardedSet } },
  { title: "an object moves to another release", says: "recreate", rule: "pruned", before: { "one/web": [namespace, deployment], "one/site": [configMap] }, after: { "one/web": [namespace], "one/site": [configMap, deployment] } },
];
