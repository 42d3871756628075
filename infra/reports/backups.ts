import type { Copy, Kept } from "../../engine/model/copies";
import { keptStores } from "../../engine/model/copies";
import { bytesFrom } from "../../engine/model/quantity";
import type { World } from "../../engine/model/resolve";
import { table } from "./table";

/** Where everything precious is, how much of it may be lost, and how long it may be gone. */
export function backupsPage(world: World): string {
  const kept = keptStores(world);
  const waiting = kept.filter(({ written }) => !written);
  return [
    "# Where everything precious is",
    "",
    "Three places, two kinds of media, one of them away. What may be lost is the time since the last copy; what may pass until it is",
    "back is the reading of the fastest one, and at the most what its plan allows.",
    "",
    table(
      ["whose", "what", "size", "itself", "in the house", "away", "may be lost", "is back in", "allowed"],
      kept.map((it) => [
        it.of.address,
        it.of.name,
        bytesFrom(it.of.bytes),
        it.of.medium,
        placesOf(it, false),
        placesOf(it, true),
        it.written ? it.target.plan.every : "everything",
        backIn(it),
        it.target.plan.restoreWithin,
      ]),
    ),
    "",
    ...(waiting.length
      ? [`Nothing carries the plan out yet for: ${waiting.map(({ of }) => `${of.address}'s ${of.name}`).join(", ")}.`, ""]
      : []),
  ].join("\n");
}

const placesOf = ({ copies }: Kept, offsite: boolean): string => {
  const some = copies.slice(1).filter((copy) => copy.offsite === offsite);
  return some.length ? some.map(placeOf).join(", ") : "nowhere";
};

const placeOf = ({ where, medium, hours }: Copy): string => `${where} (${medium}, ${hoursText(hours ?? 0)})`;

const backIn = ({ copies }: Kept): string => {
  const hours = copies.flatMap((copy) => copy.hours ?? []);
  return hours.length ? hoursText(Math.min(...hours)) : "never";
};

const hoursText = (hours: number): string => (hours < 1 ? `${Math.max(1, Math.ceil(hours * 60))} min` : `${Math.ceil(hours)} h`);
