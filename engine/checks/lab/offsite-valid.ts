import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import type { GoogleCloud } from "../../model/offsite";
import { duration, secondsOf } from "../../model/quantity";

/** A store away from the house that can be reached under what the lab says of it. */
export function offsiteValid({ backups }: Lab): readonly Finding[] {
  const offsite = backups?.offsite;
  if (!offsite) return [];
  return [...(offsite.kind === "gcs" ? google(offsite) : []), ...softDelete(offsite.softDelete)];
}

function google({ project, billingAccount, location, alertsTo, budget, keys }: GoogleCloud): readonly Finding[] {
  return [
    // https://cloud.google.com/resource-manager/docs/creating-managing-projects
    ...unless(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project), "project", project, "6 to 30 small letters, digits and dashes, a letter first"),
    ...unless(/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/.test(billingAccount), "billingAccount", billingAccount, "three groups of six, as 012345-567890-ABCDEF"),
    // Regions, dual regions and multi-regions: https://cloud.google.com/storage/docs/locations
    ...unless(/^([a-z]+-[a-z]+\d+|eu|us|asia|eur\d+|nam\d+|asia\d+)$/i.test(location), "location", location, "a region as europe-west1, or a multi-region as EU"),
    ...unless(/^[^@\s]+@[^@\s]+$/.test(alertsTo), "alertsTo", alertsTo, "an address of electronic mail"),
    ...unless(Number.isInteger(budget.amount) && budget.amount > 0, "budget.amount", budget.amount, "a whole number above 0"),
    // https://cloud.google.com/kms/docs/key-rotation: a day at least
    ...unless(duration.safeParse(keys.rotation).success && secondsOf(keys.rotation) >= secondsOf("1d"), "keys.rotation", keys.rotation, "a day at least, as 90d"),
  ];
}

/** Nothing, or from 7 to 90 days: https://cloud.google.com/storage/docs/soft-delete */
const softDelete = (span: string): readonly Finding[] => {
  const parsed = duration.safeParse(span);
  const seconds = parsed.success ? secondsOf(parsed.data) : Number.NaN;
  return unless(seconds === 0 || (seconds >= secondsOf("7d") && seconds <= secondsOf("90d")), "softDelete", span, "0s, or from 7d to 90d");
};

const unless = (holds: boolean, at: string, given: unknown, expected: string): readonly Finding[] =>
  holds
    ? []
    : [error({ rule: "offsite-valid", address: "backups", found: `offsite.${at} = ${JSON.stringify(given)}`, expected, fix: "Copy it from the provider's own pages" })];
