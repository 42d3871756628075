import { watches } from "../../apps/velero/watches";
import { failedCase, type Case } from "./promtool";
import { describeWithGo } from "./with-go";

const groups = watches("velero", "velero", "1d", "docs/runbooks/one-backups.md").rules ?? [];

const job = (state: string) => `kube_job_failed{namespace="notes", job_name="notes-first-start", condition="${state}"}`;
const critical = { namespace: "notes", job_name: "notes-first-start", severity: "critical" };

const cases: readonly Case[] = [
  // Made anew at each try: for most of the time there is no Job that has failed.
  { says: "one that fails again and again is told", alert: "FirstStartFailed", series: { [job("true")]: "0x2 1 _x8 1 _x8 1 _x8 1" }, at: "30m", fires: [critical] },
  { says: "one that failed once and then came through is not", alert: "FirstStartFailed", series: { [job("true")]: "1 0x40" }, at: "40m" },
  { says: "another Job of the release is not one", alert: "FirstStartFailed", series: { 'kube_job_failed{namespace="notes", job_name="notes-pull", condition="true"}': "1x40" }, at: "40m" },
];

describeWithGo("a first start that fails, asked of promtool", ["promtool"], () => {
  test.each(cases)("$says", (it) => {
    expect(failedCase(groups, it)).toBe("");
  });
});
