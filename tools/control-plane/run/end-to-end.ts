import { waitForApplications } from "../argocd/wait-for-applications";
import { syncAgain } from "../argocd/sync-again";
import type { Assertion } from "../assertions/assertion";
import { auditEvents, denials } from "../assertions/audit-log";
import { handMadeChangeIsHealed } from "../assertions/healing";
import { namespacesEnforce } from "../assertions/namespaces";
import { unfitPodIsNamed } from "../assertions/unfit-pod";
import { isUnchanged, snapshot } from "../assertions/unchanged";
import { podsRun, workloadsAreDone } from "../assertions/workloads";
import type { RunningCluster } from "../cluster/start-cluster";
import type { KubernetesObject } from "../kubernetes/object";
import { UserError } from "../user-error";
import type { RunningLab } from "./running-lab";
import { step } from "./step";

/** How long the first sync of everything may take on a crowded machine, and stand still: longer than a retry's longest pause. */
const SYNC_SECONDS = 1800;
const STALL_SECONDS = 240;

/** Waits until a lab is synced, and returns what was found of it. */
export async function examine(lab: RunningLab): Promise<readonly Assertion[]> {
  const applications = await step("Sync", (say) => firstSync(lab, say));
  const standing = await step("Look at every workload, pod and namespace", async () => (await Promise.all(lab.clusters.map(standingOf))).flat());
  const unfit = await step("Ask for what no node has", () => Promise.all(lab.clusters.map(unfitPodIsNamed)));
  const again = await step("Sync again", () => secondSync(lab, applications));
  const healed = await step("Change something by hand", () => Promise.all(lab.clusters.map((cluster) => healing(lab, cluster))));
  return [{ says: `all ${String(applications.length)} Applications are Synced and Healthy`, problems: [] }, ...standing, ...unfit, ...again, ...healed.flat(), refusals(lab)];
}

async function firstSync(lab: RunningLab, say: (text: string) => void): Promise<readonly string[]> {
  const expected = lab.synced.map(({ application }) => application);
  try {
    const states = await waitForApplications(lab.argocd, { atLeast: expected.length, timeoutSeconds: SYNC_SECONDS, stallSeconds: STALL_SECONDS, progress: say });
    return states.map(({ name }) => name);
  } catch (cause) {
    const standing = (await Promise.all(lab.clusters.map(standingOf))).flat();
    const problems = standing.flatMap(({ problems: found }) => found).slice(0, 20);
    throw new UserError([cause instanceof Error ? cause.message : String(cause), ...problems].join("\n  "));
  }
}

async function standingOf(cluster: RunningCluster): Promise<readonly Assertion[]> {
  return [await workloadsAreDone(cluster), await podsRun(cluster), await namespacesEnforce(cluster)];
}

async function secondSync(lab: RunningLab, applications: readonly string[]): Promise<readonly Assertion[]> {
  const look = () => Promise.all(lab.clusters.map((cluster) => snapshot(cluster, objectsOf(lab, cluster))));
  const before = await look();
  const failed = await syncAgain(lab.argocd, applications, 120);
  const after = await look();
  return [{ says: "every Application can be synced a second time", problems: failed }, ...lab.clusters.map(({ under }, index) => isUnchanged(under.name, before[index]!, after[index]!))];
}

async function healing(lab: RunningLab, cluster: RunningCluster): Promise<readonly Assertion[]> {
  const workload = objectsOf(lab, cluster).find(({ kind }) => kind === "Deployment");
  return workload === undefined ? [] : [await handMadeChangeIsHealed(cluster, workload)];
}

/** What Argo CD was refused on any cluster: under its components' accounts on the hub, under its own on the spokes. */
function refusals(lab: RunningLab): Assertion {
  const problems = lab.clusters.flatMap(({ api, under }) => denials(auditEvents(api.auditLog), { namespace: under === lab.hub.under ? lab.argocd.namespace : "argocd-manager" }).map((denial) => `${under.name}: ${denial}`));
  return { says: "Argo CD is refused nothing under the roles that our manifests give it", problems };
}

/** What is committed for a cluster and synced there. */
function objectsOf(lab: RunningLab, { under }: RunningCluster): readonly KubernetesObject[] {
  const folders = new Set(lab.synced.filter(({ cluster }) => cluster === under.name).map(({ folder }) => folder));
  return lab.output.releases.filter(({ cluster, app }) => folders.has(`dist/${cluster}/${app}`)).flatMap(({ manifests }) => manifests.map(({ object }) => object));
}
