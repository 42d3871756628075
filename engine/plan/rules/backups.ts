import { fieldOf, groupOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { isUnder, pathText } from "../field-change";
import { textsAt } from "../list-at";

/** Velero's own objects: when it copies what, how long copies stay, and where they are. https://velero.io/docs/v1.18/api-types/schedule/ */
export const backups: Rule = {
  name: "backups",
  judge: ({ kind, before, after, fate, fields }) => {
    if (fate !== "apply" || !before || !after || groupOf(after) !== "velero.io") return [];
    if (kind === "BackupStorageLocation") {
      const place = fields.find(({ path }) => isUnder(path, "spec", "objectStorage", "bucket") || isUnder(path, "spec", "objectStorage", "prefix") || isUnder(path, "spec", "provider"));
      return place ? [{ effect: "data at risk", field: pathText(place.path), says: "copies that exist stay where they are, and Velero no longer sees them: nothing is restored from them, and none of them is ever deleted" }] : [];
    }
    return kind === "Schedule" ? ofSchedule(before, after) : [];
  },
};

function ofSchedule(before: Manifest, after: Manifest): readonly Verdict[] {
  const [was, is] = [before, after].map((it) => hours(fieldOf(it, "spec", "template", "ttl")));
  const left = textsAt(before, "spec", "template", "includedNamespaces").filter((name) => !textsAt(after, "spec", "template", "includedNamespaces").includes(name));
  const copies = (it: Manifest) => fieldOf(it, "spec", "template", "snapshotVolumes") !== false || fieldOf(it, "spec", "template", "defaultVolumesToFsBackup") === true;
  const moves = (it: Manifest) => copies(it) && fieldOf(it, "spec", "template", "snapshotMoveData") === true;
  const place = (it: Manifest) => String(fieldOf(it, "spec", "template", "storageLocation") ?? "the default location");
  const at = (it: Manifest) => `"${String(fieldOf(it, "spec", "schedule"))}"`;
  const verdicts: readonly (Verdict | undefined)[] = [
    fieldOf(before, "spec", "paused") !== true && fieldOf(after, "spec", "paused") === true ? { effect: "outage", field: "spec.paused", says: "no more copies are made until it goes on" } : undefined,
    was !== undefined && is !== undefined && is < was ? { effect: "live change", field: "spec.template.ttl", says: "copies made from now on are deleted earlier; those that exist keep their own term" } : undefined,
    left.length ? { effect: "outage", field: "spec.template.includedNamespaces", says: `${left.join(", ")} ${left.length === 1 ? "is" : "are"} copied no more by it` } : undefined,
    moves(before) && !moves(after) ? { effect: "outage", field: "spec.template.snapshotMoveData", says: "snapshots stay on the storage that they are of, and go with it" } : undefined,
    place(before) !== place(after) ? { effect: "live change", field: "spec.template.storageLocation", says: `copies go to ${place(after)} from now on; those that exist stay in ${place(before)}` } : undefined,
    at(before) !== at(after) ? { effect: "live change", field: "spec.schedule", says: `copies are made at ${at(after)} from now on, and no more at ${at(before)}` } : undefined,
    copies(before) && !copies(after) ? { effect: "outage", field: "spec.template.snapshotVolumes", says: "it copies objects only, and what is in their volumes no more" } : undefined,
  ];
  return verdicts.filter((it) => it !== undefined);
}

/** `2160h0m0s` in hours. */
const hours = (text: unknown): number | undefined => {
  const [, count] = /^(\d+)h/.exec(String(text)) ?? [];
  return count === undefined ? undefined : Number(count);
};
