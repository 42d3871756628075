import { backupPlan } from "../../engine/checks/lab/backup-plan";
import { usualPlans, type BackupPlan } from "../../engine/model/backups";
import { googleCloud } from "../../engine/model/offsite";
import type { Writer } from "../../engine/model/writer";
import { labOf, twoHosts } from "../lab-of";
import { backupsOf, nas } from "../infra/backups-of";

const hosts = [...twoHosts, nas];
const withPlan = (writer: Writer, plan: Partial<BackupPlan>) =>
  labOf({ hosts, backups: backupsOf({ plans: { ...usualPlans, [writer]: { ...usualPlans[writer], ...plan } } }) });

test("the usual plans are sound", () => {
  expect(backupPlan(labOf({ hosts, backups: backupsOf() }))).toEqual([]);
});

test("a lab without backups has nothing to plan", () => {
  expect(backupPlan(labOf())).toEqual([]);
});

test.each<[string, Writer, Partial<BackupPlan>, string]>([
  ["copies that are gone before the next", "velero", { every: "7d", keep: "3d" }, "retention-spans-schedule"],
  ["a hold that ends before the next copy", "database-dumps", { every: "1w", retain: "1d" }, "retention-spans-schedule"],
  ["a hold that outlives the copies", "database-dumps", { keep: "20d", retain: "30d" }, "backup-plan"],
  ["a hold on what a tool must expire itself", "velero", { retain: "7d" }, "backup-plan"],
  ["a span that cron cannot say", "k3s-snapshots", { every: "7h" }, "backup-plan"],
  ["a duration without its unit", "restic", { every: "1" as "1d" }, "backup-plan"],
])("%s is found", (_, writer, plan, rule) => {
  expect(backupPlan(withPlan(writer, plan)).map((it) => it.rule)).toEqual([rule]);
});

test("copies on a machine that is not there are found, with the name that was meant", () => {
  const [finding] = backupPlan(
    labOf({
      hosts,
      backups: backupsOf({ hosts: [{ host: "nass", path: "/srv", size: "1Ti", worth: "precious", media: "hdd", writer: "restic" }] }),
    }),
  );
  expect(finding).toMatchObject({ rule: "reference-known", fix: 'Write "nas"' });
});

test("a hold that can never be lifted is a year at most", () => {
  const { offsite } = backupsOf();
  const locked = googleCloud({ ...(offsite as ReturnType<typeof googleCloud>), retention: "locked" });
  const plans = { ...usualPlans, "database-dumps": { ...usualPlans["database-dumps"], keep: "7y", retain: "7y" } } as const;
  expect(backupPlan(labOf({ hosts, backups: backupsOf({ offsite: locked, plans }) })).map((it) => it.expected)).toEqual([
    expect.stringContaining("a year"),
  ]);
});
