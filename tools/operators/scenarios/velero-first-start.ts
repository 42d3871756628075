import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import { awaited, awaitedOutcome } from "./condition";
import { backUp, ended, goesAgain, VELERO } from "./velero-copies";

/** The release that loses everything and gets it back: no other operator is tried on it. */
export const EMPTIED = "open-webui";

const FILE = "what-was-kept";

/**
 * A release is copied by its Schedule's words, loses its volume, and is synced again as on an empty cluster: its committed Job
 * runs before anything of it, and must bring back what was in the volume.
 */
export async function comesBack(cluster: LabCluster, way: Way): Promise<readonly Assertion[]> {
  const claim = only(cluster, "PersistentVolumeClaim");
  const job = only(cluster, "Job");
  const deployment = only(cluster, "Deployment");
  const kept = randomBytes(256 * 1024);
  writeFileSync(path.join(await volumeOf(cluster, claim), FILE), kept);
  const copied = await backUp(cluster, committed(cluster, "Schedule").find(({ metadata }) => metadata.name === EMPTIED)!);
  if (copied.problems.length > 0) return [copied];
  return [
    copied,
    await isGone(cluster, [deployment, job, claim]),
    await bringsBack(cluster, job, claim, kept),
    await went(cluster, way),
    await starts(cluster, deployment),
    await goesAgain(cluster, EMPTIED),
  ];
}

/** How a volume is copied and comes back: resources of Velero's, of which each volume has one. */
export interface Way {
  readonly copies: "podvolumebackups" | "datauploads";
  readonly restores: "podvolumerestores" | "datadownloads";
}

const KINDS = {
  podvolumebackups: ["velero.io/v1", "PodVolumeBackup"],
  podvolumerestores: ["velero.io/v1", "PodVolumeRestore"],
  datauploads: ["velero.io/v2alpha1", "DataUpload"],
  datadownloads: ["velero.io/v2alpha1", "DataDownload"],
} as const;

/** The volume went there and back in one way, and in no other. */
async function went({ running }: LabCluster, { copies, restores }: Way): Promise<Assertion> {
  const found = async (resource: keyof typeof KINDS): Promise<readonly string[]> => {
    const [apiVersion, kind] = KINDS[resource];
    const objects = await running.api.client.list(apiVersion, kind, VELERO);
    const own = objects.filter(({ metadata }) => metadata.labels?.["velero.io/backup-name"] === `${EMPTIED}-now` || metadata.labels?.["velero.io/restore-name"] === `first-start-${EMPTIED}`);
    return own.map((object) => `${resource} ${String(fieldOf(object, "status", "phase"))}`);
  };
  const all = (await Promise.all((Object.keys(KINDS) as (keyof typeof KINDS)[]).map(found))).flat().sort();
  const expected = [`${copies} Completed`, `${restores} Completed`].sort();
  return { says: `${EMPTIED}'s volume went by way of ${copies}, and came back by way of ${restores}`, problems: JSON.stringify(all) === JSON.stringify(expected) ? [] : [`there are: ${all.join(", ") || "none"}`] };
}

/** The one object of a kind that is committed for the release. */
function only(cluster: LabCluster, kind: string): KubernetesObject {
  const found = committed(cluster, kind).filter(({ metadata }) => metadata.namespace === EMPTIED);
  if (found.length !== 1) throw new Error(`${EMPTIED} has ${String(found.length)} objects of kind ${kind}`);
  return found[0]!;
}

const volumeOf = (cluster: LabCluster, { metadata }: KubernetesObject): Promise<string> => cluster.volumes.directoryOf(metadata.namespace ?? "", metadata.name);

async function isGone(cluster: LabCluster, objects: readonly KubernetesObject[]): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  // Pods of a Job that is deleted stay, unless one asks otherwise.
  for (const object of [...objects, ...(await client.list("v1", "Pod", EMPTIED))]) await client.delete(object);
  const problems = await awaitedOutcome(process.died, `the end of ${EMPTIED}`, async () => {
    const kinds = ["Pod", "PersistentVolumeClaim"];
    const left = (await Promise.all(kinds.map((kind) => client.list("v1", kind, EMPTIED)))).flat();
    return left[0] && `${describeObject(left[0])} is still there`;
  });
  return { says: `${EMPTIED} has neither pods nor volumes any more`, problems };
}

async function bringsBack(cluster: LabCluster, job: KubernetesObject, claim: KubernetesObject, kept: Buffer): Promise<Assertion> {
  const says = `${describeObject(job)} brings the volume back by its own program and account, and takes the pods away that carried it`;
  await cluster.running.api.client.apply(job);
  const problems = await ended(cluster, job);
  if (problems.length > 0) return { says, problems };
  const directory = await volumeOf(cluster, claim);
  const file = path.join(directory, FILE);
  const wrong = existsSync(file) ? (readFileSync(file).equals(kept) ? [] : [`${file} has other bytes`]) : [`${file} is not there`];
  // What Velero wrote down for itself beside the files goes before the pod starts.
  const more = readdirSync(directory).filter((name) => name !== FILE).map((name) => `${name} is there, too`);
  const pods = (await cluster.running.api.client.list("v1", "Pod", EMPTIED)).filter(({ metadata }) => metadata.labels?.["velero.io/restore-name"] !== undefined);
  return { says, problems: [...wrong, ...more, ...pods.map((pod) => `${describeObject(pod)} is still there`)] };
}

const replicas = z.looseObject({ spec: z.looseObject({ replicas: z.number().default(1) }) });

/** And then the release itself, on the claim that came back. */
async function starts(cluster: LabCluster, deployment: KubernetesObject): Promise<Assertion> {
  await cluster.running.api.client.apply(deployment);
  const wanted = replicas.parse(deployment).spec.replicas;
  const problems = await awaited(cluster, deployment, (found) => (fieldOf(found, "status", "readyReplicas") === wanted ? undefined : `its status is ${JSON.stringify(fieldOf(found, "status"))}`));
  return { says: `${describeObject(deployment)} starts on what came back`, problems };
}

