import type { Chart } from "cdk8s";
import type { BackupPlan } from "../../engine/model/backups";
import { secondsOf, type Duration } from "../../engine/model/quantity";
import { Schedule } from "../../imports/velero";
import type { Protected } from "./protected";

export const locationName = "default";
/** A ConfigMap that tells Velero which volumes hold nothing worth copying. */
export const volumePolicy = "volume-policy";

/**
 * What is copied: claims, their volumes, and the pods that mount them, which carry files there and back. Everything else comes
 * from git, and secrets from the vault: what guards data is kept there, and so Velero need not read any Secret but its own.
 */
export const copyOf = (namespace: string, copiesFiles: boolean, keep: Duration, storageLocation: string = locationName) => ({
  includedNamespaces: [namespace],
  includedNamespaceScopedResources: ["persistentvolumeclaims", "pods"],
  // A pod brings its own along, which would then be made again where it is restored: pkg/util/actionhelpers/pod_helper.go.
  excludedClusterScopedResources: ["priorityclasses.scheduling.k8s.io"],
  storageLocation,
  ttl: goDuration(keep),
  resourcePolicy: { kind: "configmap", name: volumePolicy },
  defaultVolumesToFsBackup: copiesFiles,
  // A snapshot stays in the storage that it is of: only what is moved to the bucket outlives it.
  ...(copiesFiles ? { snapshotVolumes: false } : { snapshotVolumes: true, snapshotMoveData: true }),
});

/**
 * One Schedule for each namespace, under its name: one that fails says whose. Copies that stay in the house have their own,
 * `notes-nas`: neither waits for the other's bucket. Velero takes them one after another.
 */
export function schedules(chart: Chart, namespaces: readonly Protected[], { every, keep }: BackupPlan, hour: number, near: readonly string[]): void {
  const schedule = (name: string, template: ReturnType<typeof copyOf>) =>
    new Schedule(chart, `schedule-${name}`, {
      metadata: { name },
      spec: { schedule: cronOf(every, hour), useOwnerReferencesInBackup: false, template },
    });
  for (const { namespace, copiesFiles } of namespaces) {
    schedule(namespace, copyOf(namespace, copiesFiles, keep));
    for (const place of near) schedule(`${namespace}-${place}`, copyOf(namespace, copiesFiles, keep, place));
  }
}

/** A whole day begins at the hour; anything else is counted from the last copy. */
export const cronOf = (every: Duration, hour: number): string => (secondsOf(every) === 86_400 ? `0 ${hour} * * *` : `@every ${goDuration(every)}`);

/** Go knows no days: `90d` → `2160h0m0s`. */
export const goDuration = (duration: Duration): string => `${Math.floor(secondsOf(duration) / 3600)}h${Math.floor((secondsOf(duration) % 3600) / 60)}m0s`;
