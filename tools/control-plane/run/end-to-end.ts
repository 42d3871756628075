import { dexConfiguration } from "../argocd/dex";
import { LookAgain } from "../argocd/look-again";
import { syncAgain } from "../argocd/sync-again";
import { applications, waitForApplications } from "../argocd/wait-for-applications";
import { appliedStrictly } from "../assertions/applied-strictly";
import { actsUnderItsAccounts, logsNoRefusal } from "../assertions/argocd-accounts";
import type { Assertion } from "../assertions/assertion";
import { auditEvents } from "../assertions/audit-log";
import { degradable, whileDegraded } from "../assertions/degraded-neighbour";
import { fitIsTrue } from "../assertions/fit";
import { handMadeChangeIsHealed } from "../assertions/healing";
import { nothingIsIgnored } from "../assertions/ignored-differences";
import { loginsAreWritten } from "../assertions/logins";
import { namespacesEnforce } from "../assertions/namespaces";
import { podsStandRight } from "../assertions/node-kind";
import { unfitPodIsNamed } from "../assertions/unfit-pod";
import { isUnchanged, snapshot } from "../assertions/unchanged";
import { podsRun, workloadsAreDone } from "../assertions/workloads";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf } from "../kubernetes/object";
import { UserError } from "../user-error";
import { committedOn, manifestsOn, objectsOn } from "./committed";
import type { RunningLab } from "./running-lab";
import { step } from "./step";

/** How long the first sync of everything may take on a crowded machine, and stand still: longer than a retry's longest pause. */
const SYNC_SECONDS = 1800;
const STALL_SECONDS = 240;

/** Waits until a lab is synced, and returns what was found of it. */
export async function examine(lab: RunningLab): Promise<readonly Assertion[]> {
  const lookAgain = new LookAgain(lab.argocd);
  const names = await step("Sync", (say) => settled(lab, lookAgain, say));
  const asked = lookAgain.asked().length === 0 ? "" : ` (after "Refresh": ${lookAgain.asked().join(", ")})`;
  const synced = { says: `all ${String(names.length)} Applications are Synced and Healthy${asked}`, problems: [] };
  const standing = await step("Look at every workload, pod and namespace", () => onEach(lab, (cluster) => standingOf(lab, cluster)));
  const strict = await step("Apply every object strictly, and keep none", () => onEach(lab, async (cluster) => [await appliedStrictly(cluster, manifestsOn(lab, cluster))]));
  const fit = await step("Ask for what no node has", () => onEach(lab, (cluster) => fitting(lab, cluster)));
  const again = await step("Sync again", () => secondSync(lab, names));
  const healed = await step("Change something by hand", () => onEach(lab, (cluster) => healing(lab, cluster)));
  await step("See that all is well again", (say) => settled(lab, lookAgain, say));
  return [synced, ...standing, ...strict, ...fit, ...again, ...healed, ...(await argocdItself(lab))];
}

/** One cluster after the other: two cores are busy with one, and what fails is told in order. */
async function onEach(lab: RunningLab, look: (cluster: RunningCluster) => Promise<readonly Assertion[]>): Promise<readonly Assertion[]> {
  const found: Assertion[] = [];
  for (const cluster of lab.clusters) found.push(...(await look(cluster)));
  return found;
}

/** Waits until all is synced; returns the Applications' names. */
async function settled(lab: RunningLab, lookAgain: LookAgain, say: (text: string) => void): Promise<readonly string[]> {
  const expected = lab.synced.map(({ application }) => application);
  try {
    const states = await waitForApplications(lab.argocd, { atLeast: expected.length, timeoutSeconds: SYNC_SECONDS, stallSeconds: STALL_SECONDS, lookAgain, progress: say });
    return states.map(({ name }) => name);
  } catch (cause) {
    const standing = await onEach(lab, async (cluster) => [await workloadsAreDone(cluster), await podsRun(cluster)]);
    const problems = standing.flatMap(({ problems: found }) => found).slice(0, 20);
    throw new UserError([cause instanceof Error ? cause.message : String(cause), ...problems].join("\n  "));
  }
}

async function standingOf(lab: RunningLab, cluster: RunningCluster): Promise<readonly Assertion[]> {
  return [await workloadsAreDone(cluster), await podsRun(cluster), await podsStandRight(cluster, lab.world), await namespacesEnforce(cluster)];
}

async function fitting(lab: RunningLab, cluster: RunningCluster): Promise<readonly Assertion[]> {
  const described = lab.world.lab.clusters.find(({ name }) => name === cluster.under.name)!;
  return [await unfitPodIsNamed(cluster), await fitIsTrue(cluster, described, committedOn(lab, cluster))];
}

async function secondSync(lab: RunningLab, names: readonly string[]): Promise<readonly Assertion[]> {
  const look = () => Promise.all(lab.clusters.map((cluster) => snapshot(cluster, objectsOn(lab, cluster))));
  const before = await look();
  const failed = await syncAgain(lab.argocd, names, 600);
  const after = await look();
  const states = await applications(lab.argocd);
  const different = states.filter(({ sync }) => sync !== "Synced").map(({ name, sync, causes }) => `${name} is ${sync}: ${causes.slice(0, 3).join("; ")}`);
  return [
    { says: "every Application can be synced a second time", problems: failed },
    ...lab.clusters.map(({ under }, index) => isUnchanged(under.name, before[index]!, after[index]!)),
    { says: "nothing is OutOfSync afterwards", problems: different },
  ];
}

/** Something is changed by hand on a cluster, and again while a neighbour is Degraded. */
async function healing(lab: RunningLab, cluster: RunningCluster): Promise<readonly Assertion[]> {
  const releases = committedOn(lab, cluster);
  const own = releases.find(({ manifests }) => manifests.some(({ kind }) => kind === "Deployment"));
  const workload = own?.manifests.find(({ kind }) => kind === "Deployment");
  if (workload === undefined) return [];
  const neighbours = releases.filter((release) => release !== own).flatMap(({ application, manifests }) => degradable(application, manifests) ?? []);
  const healed = await handMadeChangeIsHealed(cluster, workload);
  const neighbour = neighbours[0];
  if (neighbour === undefined) return [healed];
  const besides = await whileDegraded(lab.argocd, cluster, lab.vault, neighbour, () => handMadeChangeIsHealed(cluster, workload));
  return [healed, { ...besides, says: `${besides.says}, also while ${neighbour.application} is Degraded` }];
}

/** Whether Argo CD does it all with what our manifests give it, and with open eyes. */
async function argocdItself({ clusters, hub, argocd, testbed }: RunningLab): Promise<readonly Assertion[]> {
  const { client } = hub.api;
  const own = testbed.processes.running().filter(({ name }) => name.startsWith(`${hub.under.name}-argocd-`));
  const configuration = await client.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: argocd.namespace, name: "argocd-cm" } });
  return [
    ...(fieldOf(configuration, "data", "dex.config") === undefined ? [] : [await loginsAreWritten(configuration, dexConfiguration(testbed, hub))]),
    nothingIsIgnored(await client.list("argoproj.io/v1alpha1", "Application", argocd.namespace), configuration),
    ...clusters.map((cluster) => actsUnderItsAccounts(cluster.under.name, auditEvents(cluster.api.auditLog), cluster === hub ? argocd.namespace : "argocd-manager")),
    logsNoRefusal(own),
  ];
}
