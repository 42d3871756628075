import { offsiteValid } from "../../engine/checks/lab/offsite-valid";
import { s3Compatible, type GoogleCloud, type Offsite } from "../../engine/model/offsite";
import { backupsOf, nas } from "../infra/backups-of";
import { labOf, twoHosts } from "../lab-of";

const labWith = (offsite: Offsite) => labOf({ hosts: [...twoHosts, nas], backups: backupsOf({ offsite }) });
const found = (offsite: Offsite) => offsiteValid(labWith(offsite)).map((it) => [it.rule, it.found]);
const google = backupsOf().offsite as GoogleCloud;
const backblaze = s3Compatible({ endpoint: "https://s3.eu-central-003.backblazeb2.com", region: "eu-central-003", bucketPrefix: "home" });

test("Google Cloud and a service that speaks S3 are sound, and a lab needs neither", () => {
  expect([found(google), found(backblaze), found({ ...google, location: "EU" }), offsiteValid(labOf())]).toEqual([[], [], [], []]);
});

test.each<[string, Partial<GoogleCloud>, string]>([
  ["a project's name for its id", { project: "My Backups" }, 'offsite.project = "My Backups"'],
  ["a billing account of another form", { billingAccount: "123" }, 'offsite.billingAccount = "123"'],
  ["no place", { location: "" }, 'offsite.location = ""'],
  ["nobody to tell", { alertsTo: "ada" }, 'offsite.alertsTo = "ada"'],
  ["no budget", { budget: { amount: 0, currency: "EUR" } }, "offsite.budget.amount = 0"],
  ["keys that turn by the hour", { keys: { protection: "HSM", rotation: "1h" } }, 'offsite.keys.rotation = "1h"'],
  ["a deletion that is kept for a day", { softDelete: "1d" }, 'offsite.softDelete = "1d"'],
])("%s is found", (_, given, text) => {
  expect(found({ ...google, ...given })).toEqual([["offsite-valid", text]]);
});
