import { bucket, precious, rebuildable } from "../../engine/model/needs";
import { usualPlans } from "../../engine/model/backups";
import { s3Compatible, type GoogleCloud } from "../../engine/model/offsite";
import { colderTiers } from "../../infra/gcp/tiers";
import { hoursOfSilence } from "../../infra/gcp/alerts";
import { infraFiles } from "../../infra/files";
import { labOf } from "../lab-of";
import { backupsOf, worldStoring } from "./backups-of";
import { allResources, resourcesOf, stackOf } from "./stacks";

const { offsite } = backupsOf();
const gcs = offsite as GoogleCloud;
const hosts = [{ host: "nas", path: "/srv/photos", size: "1Ti", worth: "precious", media: "hdd", writer: "restic" }] as const;
const stores = { data: precious("10Gi"), photos: bucket(precious("50Gi")), cache: rebuildable("5Gi") };
const lab = worldStoring(stores, { backups: backupsOf({ hosts }) }).lab;
const backup = stackOf(lab, "gcp-backup");
const state = stackOf(lab, "gcp-state");
const bucketNamed = (name: string) => resourcesOf(backup, "google_storage_bucket").find(([, it]) => it["name"] === name)?.[1];

test("every tool of every owner has a bucket, and what can be rebuilt has none", () => {
  expect(resourcesOf(backup, "google_storage_bucket").map(([, it]) => it["name"])).toEqual([
    "test-one-k3s-snapshots",
    "test-one-object-mirror",
    "test-hosts-restic",
    "test-one-velero",
  ]);
});

test("what can be rebuilt gets a bucket of its own where its plan says so, without holds or versions", () => {
  const plans = { ...usualPlans, velero: { ...usualPlans.velero, rebuildable: true } };
  const stack = stackOf(worldStoring(stores, { backups: backupsOf({ plans }) }).lab, "gcp-backup");
  const spare = resourcesOf(stack, "google_storage_bucket").find(([, it]) => it["name"] === "test-one-velero-rebuildable")?.[1];
  expect(spare).toMatchObject({ versioning: { enabled: false }, public_access_prevention: "enforced" });
  expect(spare).not.toHaveProperty("retention_policy");
});

describe.each([...resourcesOf(backup, "google_storage_bucket"), ...resourcesOf(state, "google_storage_bucket")])("bucket %s", (_, it) => {
  test("is private, and only its accounts decide", () => {
    expect(it).toMatchObject({ public_access_prevention: "enforced", uniform_bucket_level_access: true });
  });

  test("cannot be destroyed by a slip, and what is deleted comes back for a month", () => {
    expect(it).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      soft_delete_policy: { retention_duration_seconds: 2_592_000 },
    });
  });

  test("is encrypted with a key of ours, which it may use before it is made", () => {
    expect(it["encryption"]).toEqual({ default_kms_key_name: expect.stringMatching(/^\$\{google_kms_crypto_key\.[\w-]+\.id\}$/) });
    expect(it["depends_on"]).toEqual([expect.stringMatching(/^google_kms_crypto_key_iam_member\./)]);
  });

  test("holds what is written once or keeps versions of what is rewritten, and Cloud Storage takes no more than one of them", () => {
    const held = it["retention_policy"] !== undefined;
    expect(it["versioning"]).toEqual({ enabled: !held });
  });

  test("forgets uploads that were never finished, or old versions", () => {
    expect(it["lifecycle_rule"]).toContainEqual({
      action: expect.objectContaining({ type: expect.stringMatching(/^(Abort|Delete)/) }),
      condition: expect.anything(),
    });
  });
});

test("what is written once is held for as long as its plan says, and can be locked for good", () => {
  expect(bucketNamed("test-one-k3s-snapshots")?.["retention_policy"]).toEqual({ is_locked: false, retention_period: 14 * 86_400 });
  const locked = stackOf(worldStoring(stores, { backups: backupsOf({ offsite: { ...gcs, retention: "locked" } }) }).lab, "gcp-backup");
  const snapshots = resourcesOf(locked, "google_storage_bucket").find(([, it]) => it["name"] === "test-one-k3s-snapshots")?.[1];
  expect(snapshots?.["retention_policy"]).toEqual({ is_locked: true, retention_period: 14 * 86_400 });
});

test("copies grow colder only where they stay long enough to be worth it", () => {
  expect(colderTiers(30).map((it) => it.storageClass)).toEqual([]);
  expect(colderTiers(90).map((it) => it.storageClass)).toEqual(["NEARLINE"]);
  expect(colderTiers(800).map((it) => it.storageClass)).toEqual(["NEARLINE", "COLDLINE", "ARCHIVE"]);
});

test("what a tool compacts itself is never deleted by its age", () => {
  const ages = (name: string) =>
    (bucketNamed(name)?.["lifecycle_rule"] as { action: { type: string }; condition: { age?: number } }[])
      .filter((it) => it.action.type === "Delete")
      .map((it) => it.condition.age);
  expect(ages("test-one-velero")).toEqual([undefined]);
  expect(ages("test-hosts-restic")).toEqual([undefined]);
  expect(ages("test-one-k3s-snapshots")).toEqual([30]);
});

test("keys turn over, stay, and belong to one owner each", () => {
  expect(resourcesOf(backup, "google_kms_crypto_key").map(([, it]) => it["name"])).toEqual(["hosts", "one"]);
  for (const [, it] of [...resourcesOf(backup, "google_kms_crypto_key"), ...resourcesOf(state, "google_kms_crypto_key")])
    expect(it).toMatchObject({ rotation_period: "7776000s", destroy_scheduled_duration: "2592000s", lifecycle: { prevent_destroy: true } });
});

test("a key stands where its bucket does, in Cloud KMS' own words", () => {
  const ringAt = (location: string) =>
    resourcesOf(
      stackOf(worldStoring(stores, { backups: backupsOf({ offsite: { ...gcs, location } }) }).lab, "gcp-backup"),
      "google_kms_key_ring",
    ).map(([, it]) => it["location"]);
  expect([ringAt("europe-west3"), ringAt("EU"), ringAt("EUR4")]).toEqual([["europe-west3"], ["europe"], ["eur4"]]);
});

describe("accounts", () => {
  const rights = (account: string) =>
    resourcesOf(backup, "google_storage_bucket_iam_member")
      .filter(([, it]) => String(it["member"]).includes(`.account-${account}.`))
      .map(([, it]) => [String(it["role"]).replace(/.*hearthBackup(\w+)\.name\}/, "$1"), it["condition"] !== undefined]);

  test("one for each bucket, and each reaches its own alone", () => {
    for (const [, it] of resourcesOf(backup, "google_storage_bucket_iam_member")) {
      const account = /account-([\w-]+)\.member/.exec(String(it["member"]))?.[1];
      expect(it["bucket"]).toBe(`\${google_storage_bucket.bucket-${account}.name}`);
    }
  });

  test("each may do what its tool must, and no more", () => {
    expect(rights("k3s-snapshots-one")).toEqual([
      ["Append", false],
      ["Read", false],
    ]);
    expect(rights("velero-one")).toEqual([
      ["Append", false],
      ["Prune", false],
      ["Read", false],
    ]);
    expect(rights("restic-hosts")).toEqual([
      ["Append", false],
      ["Prune", true],
      ["Read", false],
    ]);
  });

  test("restic deletes its locks and nothing else", () => {
    const [, prune] = resourcesOf(backup, "google_storage_bucket_iam_member").find(([name]) => name === "prune-restic-hosts")!;
    expect(prune["condition"]).toEqual({
      title: "its own locks",
      expression: 'resource.name.startsWith("projects/_/buckets/${google_storage_bucket.bucket-restic-hosts.name}/objects/locks/")',
    });
  });

  test("no role is one of the primitive ones, and nobody gets one on the whole project", () => {
    const roles = allResources(backup).flatMap(([, it]) => (typeof it["role"] === "string" ? [it["role"]] : []));
    expect(roles.filter((role) => /roles\/(owner|editor|viewer)$/.test(role))).toEqual([]);
    expect(
      allResources(backup)
        .map(([address]) => address)
        .filter((address) => address.startsWith("google_project_iam_member")),
    ).toEqual([]);
  });

  test("whoever hands out links may sign as itself, and as nobody else", () => {
    const signing = resourcesOf(backup, "google_service_account_iam_member").filter(([name]) => name.startsWith("sign-"));
    expect(signing.map(([, it]) => [it["service_account_id"], it["member"]])).toEqual([
      ["${google_service_account.account-velero-one.name}", "${google_service_account.account-velero-one.member}"],
    ]);
  });

  test("no key of an account is made: its secret would stand in the state", () => {
    expect(allResources(backup).filter(([address]) => /service_account_key|hmac_key/.test(address))).toEqual([]);
  });
});

test("pods write with their own token, on their own cluster only", () => {
  const [, provider] = resourcesOf(backup, "google_iam_workload_identity_pool_provider")[0]!;
  expect(provider).toMatchObject({
    attribute_condition: "assertion.sub in ['system:serviceaccount:notes:notes-bucket-mirror', 'system:serviceaccount:velero:velero']",
    oidc: { jwks_json: "${var.jwks_one}" },
  });
  expect(backup.variable?.["jwks_one"]).not.toHaveProperty("default");
  expect(resourcesOf(backup, "google_service_account_iam_member").map(([, it]) => it["member"])).toContainEqual(
    "principal://iam.googleapis.com/${google_iam_workload_identity_pool.pool-one.name}/subject/system:serviceaccount:velero:velero",
  );
});

test("whoever reads copies or keys leaves a trace", () => {
  for (const [, it] of resourcesOf(backup, "google_project_iam_audit_config"))
    expect(it["audit_log_config"]).toEqual([{ log_type: "ADMIN_READ" }, { log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }]);
});

test("silence is told for every bucket, in good time", () => {
  const alerts = resourcesOf(backup, "google_monitoring_alert_policy");
  expect(alerts).toHaveLength(resourcesOf(backup, "google_storage_bucket").length);
  const queries = alerts.flatMap(([, it]) =>
    (it["conditions"] as { condition_prometheus_query_language: { query: string } }[]).map(
      (condition) => condition.condition_prometheus_query_language.query,
    ),
  );
  expect(queries.filter((query) => query.includes('bucket_name="test-one-velero"}[36h]'))).toHaveLength(1);
  expect([hoursOfSilence("1h"), hoursOfSilence("6h"), hoursOfSilence("1d")]).toEqual([2, 9, 36]);
});

test("costs are told before the month ends", () => {
  const [, budget] = resourcesOf(backup, "google_billing_budget")[0]!;
  expect(budget["threshold_rules"]).toContainEqual({ spend_basis: "FORECASTED_SPEND", threshold_percent: 1 });
  expect(budget["budget_filter"]).toEqual({ projects: ["projects/${data.google_project.project.number}"] });
});

test("the state is kept off site, in a bucket that is itself guarded and keeps what was", () => {
  expect(backup.terraform.backend).toEqual({ gcs: { bucket: "test-terraform-state", prefix: "gcp-backup" } });
  expect(state.terraform.backend).toEqual({ gcs: { bucket: "test-terraform-state", prefix: "gcp-state" } });
  expect(state).toMatchObject({ import: [{ id: "test-terraform-state", to: "google_storage_bucket.state" }] });
});

test("a lab without backups, or with another store, has no stack of Google's", () => {
  expect([...infraFiles(labOf()).keys()].filter((it) => it.endsWith("cdk.tf.json"))).toEqual([]);
  const s3 = s3Compatible({ endpoint: "https://s3.test.example", region: "eu", bucketPrefix: "test" });
  expect(
    [...infraFiles(worldStoring(stores, { backups: backupsOf({ offsite: s3 }) }).lab).keys()].filter((it) => it.includes("gcp")),
  ).toEqual([]);
});
