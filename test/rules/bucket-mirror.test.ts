import { mirrorRules } from "../../engine/capabilities/backup/mirror-watches";
import { failedCase, type Case } from "./promtool";
import { describeWithGo } from "./with-go";

const groups = [mirrorRules({ name: "notes", namespace: "notes", every: "1d", runbook: "docs/runbooks/one-buckets.md" })];

const cron = (metric: string, job = "notes-bucket-mirror") => `${metric}{namespace="notes", cronjob="${job}"}`;
const critical = (cronjob: string) => ({ namespace: "notes", cronjob, severity: "critical" });

/** A sample a minute; time begins at zero, so that what happened at zero is as long ago as it is now. */
const cases: readonly Case[] = [
  { says: "a copy that is overdue is told", alert: "BucketMirrorOverdue", series: { [cron("kube_cronjob_status_last_successful_time")]: "0x2400", [cron("kube_cronjob_created")]: "0x2400" }, at: "38h", fires: [critical("notes-bucket-mirror")] },
  { says: "one that came a day ago is not", alert: "BucketMirrorOverdue", series: { [cron("kube_cronjob_status_last_successful_time")]: "0x1500", [cron("kube_cronjob_created")]: "0x1500" }, at: "24h" },
  { says: "one that never came is told", alert: "BucketMirrorOverdue", series: { [cron("kube_cronjob_created")]: "0x2400" }, at: "38h", fires: [critical("notes-bucket-mirror")] },
  { says: "another release's is not ours", alert: "BucketMirrorOverdue", series: { 'kube_cronjob_status_last_successful_time{namespace="other", cronjob="other-bucket-mirror"}': "0x2400" }, at: "38h" },
  { says: "copies that nobody read back are told", alert: "BucketDrillOverdue", series: { [cron("kube_cronjob_status_last_successful_time", "notes-bucket-drill")]: "0x2400" }, at: "38h", fires: [critical("notes-bucket-drill")] },
];

describeWithGo("mirrors of buckets, asked of promtool", ["promtool"], () => {
  test.each(cases)("$says", (it) => {
    expect(failedCase(groups, it)).toBe("");
  });
});
