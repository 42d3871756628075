import { z } from "zod";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import { awaited, awaitedOutcome } from "./condition";
import { differences } from "./made";

const GROUP = "velero.io/v1";

/** Where Velero and its objects are. */
export const VELERO = "velero";

/** Where the drill restores to: apps/velero/drill.ts. */
export const SCRATCH = "velero-drill";

/** How long copies may take: Velero looks only every ten seconds at what is under way. */
const COPY_SECONDS = 300;

/** Velero reaches its buckets, takes the schedules, and copies; the drill proves that copies come back. */
export async function veleroAssertions(cluster: LabCluster): Promise<readonly Assertion[]> {
  const locations = await Promise.all(committed(cluster, "BackupStorageLocation").map((object) => reaches(cluster, object, "Available")));
  const schedules = await Promise.all(committed(cluster, "Schedule").map((object) => reaches(cluster, object, "Enabled")));
  return [...locations, ...schedules, await drills(cluster), await tidiesUp(cluster), ...podsAsDeclared(cluster)];
}

async function reaches(cluster: LabCluster, object: KubernetesObject, phase: string, seconds?: number): Promise<Assertion> {
  const problems = await awaited(cluster, object, (found) => (fieldOf(found, "status", "phase") === phase ? undefined : `its status is ${JSON.stringify(fieldOf(found, "status"))}`), seconds);
  return { says: `${describeObject(object)} becomes ${phase}`, problems };
}

const schedule = z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.looseObject({ template: z.looseObject({}) }) });

/** What a schedule says, now instead of at night, as `velero backup create --from-schedule` makes it. */
export async function backUp(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  const { metadata, spec } = schedule.parse(object);
  const backup: KubernetesObject = {
    apiVersion: GROUP,
    kind: "Backup",
    metadata: { name: `${metadata.name}-now`, namespace: VELERO, labels: { "velero.io/schedule-name": metadata.name } },
    spec: spec.template,
  };
  await cluster.running.api.client.apply(backup);
  return reaches(cluster, backup, "Completed", COPY_SECONDS);
}

/** As `velero backup delete` asks, and as it asks itself when a copy is too old. */
export async function goesAgain({ running }: LabCluster, schedule: string): Promise<Assertion> {
  const { client, process } = running.api;
  const backup = { apiVersion: GROUP, kind: "Backup", metadata: { name: `${schedule}-now`, namespace: VELERO } };
  const request: KubernetesObject = { apiVersion: GROUP, kind: "DeleteBackupRequest", metadata: backup.metadata, spec: { backupName: backup.metadata.name } };
  await client.apply(request);
  const problems = await awaitedOutcome(process.died, `the end of ${describeObject(backup)}`, async () => {
    if ((await client.get(backup)) !== undefined) return `it is still there; the request's status is ${JSON.stringify(fieldOf(await client.get(request), "status"))}`;
    return (await client.get(request)) && "the request for it is still there";
  }, COPY_SECONDS);
  return { says: `${describeObject(backup)} goes when it is asked to, and the request with it`, problems };
}

/** What speaks against a Job's having ended well. */
export function ended(cluster: LabCluster, job: KubernetesObject): Promise<readonly string[]> {
  return awaited(cluster, job, (found) => (fieldOf(found, "status", "succeeded") === 1 ? undefined : `its status is ${JSON.stringify(fieldOf(found, "status"))}`), COPY_SECONDS);
}

const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({}) }) }) });

/** The committed drill, as `kubectl create job --from` starts it: it writes, backs up, restores elsewhere, and reads again. */
async function drills(cluster: LabCluster): Promise<Assertion> {
  const drill = committed(cluster, "CronJob").find(({ metadata }) => metadata.name === "velero-drill" && metadata.namespace === VELERO)!;
  const job: KubernetesObject = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "velero-drill-now", namespace: VELERO }, spec: cronJob.parse(drill).spec.jobTemplate.spec };
  await cluster.running.api.client.apply(job);
  return { says: `${describeObject(drill)} writes to its volume, and finds the same in what was restored of the copy`, problems: await ended(cluster, job) };
}

/** A repository that is due is tidied, by a Job of Velero's. */
async function tidiesUp(cluster: LabCluster): Promise<Assertion> {
  const { client } = cluster.running.api;
  const says = "a repository that is due is tidied";
  const repository = (await client.list(GROUP, "BackupRepository", VELERO))[0];
  if (repository === undefined) return { says, problems: ["there is no repository"] };
  const before = fieldOf(repository, "status", "lastMaintenanceTime");
  await client.patch(repository, { spec: { maintenanceFrequency: "1s" } });
  const problems = await awaited(cluster, repository, (found) => (fieldOf(found, "status", "lastMaintenanceTime") === before ? `its status is ${JSON.stringify(fieldOf(found, "status"))}` : undefined), COPY_SECONDS);
  return { says, problems };
}

/** The pods that copied, that tidied up, and the restored one, are those that the app has declared. */
function podsAsDeclared(cluster: LabCluster): readonly Assertion[] {
  const release = cluster.releases.find(({ app }) => app.name === "velero")!;
  return release.makes.map((made) => {
    const component = made.labels["app.kubernetes.io/component"];
    const own = cluster.kubelet.pods.filter(({ metadata }) => metadata.namespace === (made.namespace ?? release.namespace) && metadata.labels?.["app.kubernetes.io/component"] === component);
    return { says: `the pods ${made.component} of Velero are as declared (labels, requests)`, problems: own.length === 0 ? ["none was made"] : differences({ ...made, count: "per-node" }, own, []) };
  });
}
