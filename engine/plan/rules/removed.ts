import { lossOf } from "../../argocd/guards";
import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { languageOf } from "../policies/language";
import { identityOf } from "../side";
import { useOf, workloadsIn } from "../pods";

/** What leaves a release's folder: Argo CD deletes it, unless it may not. */
export const removed: Rule = {
  name: "pruned",
  judge: (change, context) => {
    const { before, fate } = change;
    if (before === undefined || (fate !== "prune" && fate !== "leave")) return [];
    const heir = heirOf(change, context);
    if (fate === "leave") return [left(change, heir)];
    const loss = lossOf(before);
    if (loss !== undefined) return [{ effect: "data at risk", says: `Argo CD deletes it: ${loss}` }];
    if (heir !== undefined) return [moved(heir)];
    if (change.successor !== undefined) return [{ effect: "live change", says: `${change.successor} takes its place, and it is deleted with its pods` }];
    // What a policy that goes closes and opens is said by the rule of policies.
    return languageOf(change.kind) ? [] : [consequenceOf(change, context)];
  },
};

/** The other release of the cluster that has the object now. */
function heirOf({ before, namespace, cluster, address }: ObjectChange, { after }: Context): string | undefined {
  const identity = before && identityOf(before, namespace);
  return [...after.applications.values()].find((it) => it.cluster === cluster && it.address !== address && identity !== undefined && it.objects.has(identity))?.address;
}

/** The new Application may not take what the old one holds (FailOnSharedResource), and tries again until that one has let go. */
const moved = (heir: string): Verdict => ({
  effect: "recreate",
  says: `it moves to ${heir}: the old Application deletes it, and the new one, which may not take it before, makes it anew`,
});

function left({ before }: ObjectChange, heir: string | undefined): Verdict {
  if (heir !== undefined) return { effect: "recreate", refused: true, says: `it stays with the old Application, which may not delete it, and the sync of ${heir} fails as long as it carries that one's mark` };
  return before && podTemplateOf(before)
    ? { effect: "live change", says: "it stays and runs on, managed by nobody; its Application shows OutOfSync" }
    : { effect: "nothing", says: "it stays in the cluster, managed by nobody; its Application shows OutOfSync" };
}

/** Kinds by what goes with them. Whatever is not named here is taken for something that somebody uses. */
const harmless: ReadonlySet<string> = new Set([
  "PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig",
  "PodDisruptionBudget", "PriorityClass", "RuntimeClass", "IngressClass", "StorageClass", "VolumeSnapshotClass",
  "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ServiceAccount", "ConfigMap", "Secret",
  "Job", "Certificate", "AppProject", "LimitRange", "ResourceQuota", "HorizontalPodAutoscaler",
  // Asked only by whoever names it, which the ExternalSecret says itself.
  "Password",
]);

const partings: Readonly<Record<string, string>> = {
  Deployment: "Argo CD deletes it, and its pods stop",
  StatefulSet: "Argo CD deletes it, and its pods stop; claims that it made stay",
  DaemonSet: "Argo CD deletes it, and its pods stop on every node",
  CronJob: "Argo CD deletes it: it runs no more, and Jobs that run now are deleted with it",
  Job: "Argo CD deletes it with its pods, finished or not",
  Service: "Argo CD deletes it: its name and its address answer no more",
  Ingress: "Argo CD deletes it: its host names answer no more",
  Certificate: "Argo CD deletes it; its Secret stays, and is renewed no more",
  Schedule: "Argo CD deletes it: no more backups are made by it",
  StorageClass: "Argo CD deletes it: new claims of the class wait for ever, volumes stay as they are",
  PodDisruptionBudget: "Argo CD deletes it: a drain may stop all of its pods at once",
};

function consequenceOf(change: ObjectChange, context: Context): Verdict {
  const { kind, before } = change;
  if (kind === "ExternalSecret") return ofFetchedSecret(change, context);
  if (kind === "PushSecret") return ofPushedSecret(before);
  const users = before && (kind === "ConfigMap" || kind === "Secret" || kind === "ServiceAccount") ? usersOf(change, context) : [];
  if (users.length > 0) return { effect: "outage", says: `Argo CD deletes it, and ${users.join(", ")} cannot start a pod without it` };
  const says = partings[kind] ?? (harmless.has(kind) ? "Argo CD deletes it" : "Argo CD deletes it, and its operator whatever it made of it");
  return { effect: harmless.has(kind) ? "live change" : "outage", says };
}

/** Workloads of its namespace that still name it. */
function usersOf({ kind, before, cluster, namespace }: ObjectChange, { after }: Context): readonly string[] {
  const name = before?.metadata.name ?? "";
  const users = workloadsIn(after, cluster, namespace).filter(({ template }) =>
    kind === "ServiceAccount" ? template.spec.serviceAccountName === name : useOf(template, kind === "Secret" ? "Secret" : "ConfigMap", name) !== undefined,
  );
  return users.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
}

/** The Secret that it made goes along, unless it says otherwise: https://external-secrets.io/latest/guides/ownership-deletion-policy/ */
function ofFetchedSecret({ before, cluster, namespace }: ObjectChange, { after }: Context): Verdict {
  const name = String(fieldOf(before, "spec", "target", "name") ?? before?.metadata.name);
  if (["Orphan", "None", "Merge"].includes(String(fieldOf(before, "spec", "target", "creationPolicy")))) return { effect: "live change", says: "Argo CD deletes it; the Secret stays, and is refreshed no more" };
  if (fieldOf(before, "spec", "target", "template", "metadata", "labels") !== undefined) return { effect: "outage", says: "Argo CD deletes it, and the Secret that it made goes along: whoever finds it by its labels does no more" };
  const users = after.objectsOn(cluster).filter((it) => it.namespace === namespace && namesText(it.manifest["spec"], name)).map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  return users.length
    ? { effect: "outage", says: `Argo CD deletes it, and the Secret that it made goes along, which ${users.join(", ")} still ${users.length === 1 ? "names" : "name"}` }
    : { effect: "live change", says: "Argo CD deletes it, and the Secret that it made goes along, which nobody in its namespace names any more" };
}

/** Whether a text stands somewhere in a value. */
const namesText = (value: unknown, text: string): boolean =>
  value === text || (typeof value === "object" && value !== null && Object.values(value).some((inner) => namesText(inner, text)));

/** https://external-secrets.io/latest/api/pushsecret/: the vault's value goes along only where it says so. */
const ofPushedSecret = (before: Manifest | undefined): Verdict =>
  fieldOf(before, "spec", "deletionPolicy") === "Delete"
    ? { effect: "data at risk", says: "Argo CD deletes it, and its operator the vault's value along: what is locked with it opens only as long as the cluster has it" }
    : { effect: "live change", says: "Argo CD deletes it: the vault keeps the value that it has, and no other is brought there" };
