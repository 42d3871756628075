import { arrayOf } from "../../checks/manifests/violations";
import type { Built } from "../../model/built";
import { fieldOf } from "../../model/manifest";

/** A Velero Schedule, as far as it decides what can come back. */
export interface ScheduledCopy {
  readonly name: string;
  /** Seconds from one copy to the next; undefined where the expression says nothing regular. */
  readonly every: number | undefined;
  readonly offsite: boolean;
  readonly paused: boolean;
  includes(namespace: string, resource: string): boolean;
  /** Whether volumes are copied: file by file, or as snapshots that are moved away. */
  readonly copiesFiles: boolean;
  readonly movesSnapshots: boolean;
}

/** Every Schedule of a cluster. What goes to the default location leaves the house; others have names of their own. */
export function scheduledCopies(here: readonly Built[]): readonly ScheduledCopy[] {
  const manifests = here.flatMap((it) => it.manifests);
  const away = manifests.filter(({ kind, apiVersion }) => kind === "BackupStorageLocation" && apiVersion.startsWith("velero.io/")).filter((it) => fieldOf(it, "spec", "default") === true).map(({ metadata }) => metadata.name);
  return manifests
    .filter(({ kind, apiVersion }) => kind === "Schedule" && apiVersion.startsWith("velero.io/"))
    .map(({ metadata, spec }): ScheduledCopy => {
      const template = fieldOf(spec, "template");
      const location = fieldOf(template, "storageLocation");
      const lists = (field: string, value: string) => arrayOf(fieldOf(template, field)).some((it) => it === value || it === "*");
      const says = (field: string) => arrayOf(fieldOf(template, field)).length > 0;
      return {
        name: metadata.name,
        every: intervalOf(String(fieldOf(spec, "schedule"))),
        offsite: location === undefined || away.includes(String(location)),
        paused: fieldOf(spec, "paused") === true,
        includes: (namespace, resource) =>
          (lists("includedNamespaces", namespace) || !says("includedNamespaces")) &&
          !lists("excludedNamespaces", namespace) &&
          (["includedNamespaceScopedResources", "includedResources"].every((field) => !says(field)) || lists("includedNamespaceScopedResources", resource) || lists("includedResources", resource)) &&
          !lists("excludedNamespaceScopedResources", resource) &&
          !lists("excludedResources", resource),
        copiesFiles: fieldOf(template, "defaultVolumesToFsBackup") === true,
        movesSnapshots: fieldOf(template, "snapshotVolumes") !== false && fieldOf(template, "snapshotMoveData") === true,
      };
    });
}

const day = 86_400;

/** Seconds between two runs of a cron expression or of `@every 6h0m0s`; undefined for what comes irregularly. */
export function intervalOf(expression: string): number | undefined {
  const span = /^@every (?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(expression);
  if (span) return Number(span[1] ?? 0) * 3600 + Number(span[2] ?? 0) * 60 + Number(span[3] ?? 0);
  const named: Readonly<Record<string, number>> = { "@hourly": 3600, "@daily": day, "@midnight": day, "@weekly": 7 * day };
  if (named[expression] !== undefined) return named[expression];
  const [minute = "", hour = "", date = "", month = "", weekday = ""] = expression.split(" ");
  if (date !== "*" || month !== "*") return undefined;
  const step = (field: string): number | undefined => (/^\*\/\d+$/.test(field) ? Number(field.slice(2)) : field === "*" ? 1 : undefined);
  const isNumber = (field: string) => /^\d+$/.test(field);
  if (weekday !== "*") return isNumber(minute) && isNumber(hour) && isNumber(weekday) ? 7 * day : undefined;
  if (isNumber(minute) && isNumber(hour)) return day;
  if (isNumber(minute)) return step(hour) === undefined ? undefined : Number(step(hour)) * 3600;
  return hour === "*" && step(minute) !== undefined ? Number(step(minute)) * 60 : undefined;
}
