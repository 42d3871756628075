import { bucket, precious } from "../../engine/model/needs";
import { s3Compatible, type S3Compatible } from "../../engine/model/offsite";
import { infraFiles } from "../../infra/files";
import { backupsOf, worldStoring } from "./backups-of";
import { labOf } from "../lab-of";

const store = (given: Partial<S3Compatible> = {}) => s3Compatible({ endpoint: "https://s3.test.example", region: "eu", bucketPrefix: "test", ...given });
const written = (offsite: S3Compatible) =>
  JSON.parse(infraFiles(worldStoring({ data: precious("10Gi"), photos: bucket(precious("5Gi")) }, { backups: backupsOf({ offsite }) }).lab).get("infra/out/s3/requests.json") ?? "{}");
const requests = (offsite: S3Compatible = store()) => written(offsite).requests as readonly { readonly operation: string; readonly input: { readonly Bucket: string } & Readonly<Record<string, unknown>> }[];
const of = (name: string, offsite?: S3Compatible) => Object.fromEntries(requests(offsite).filter(({ input }) => input.Bucket === name).map(({ operation, input }) => [operation, input]));

test("the state's bucket comes first, and then one for every tool of every owner, made before it is set up", () => {
  const made = requests().filter(({ operation }) => operation === "create-bucket").map(({ input }) => input.Bucket);
  expect(made).toEqual(["test-terraform-state", "test-one-k3s-snapshots", "test-one-object-mirror", "test-one-velero"]);
  for (const name of made) expect(Object.keys(of(name))[0]).toBe("create-bucket");
  expect(written(store())).toMatchObject({ endpoint: "https://s3.test.example", region: "eu" });
});

test("what is written once is locked for as long as its plan says, and then forgotten", () => {
  expect(of("test-one-k3s-snapshots")).toMatchObject({
    "create-bucket": { ObjectLockEnabledForBucket: true },
    "put-object-lock-configuration": { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 14 } } } },
    "put-bucket-lifecycle-configuration": { LifecycleConfiguration: { Rules: [{ Expiration: { Days: 30 } }] } },
  });
});

test("a service that cannot lock is not asked to", () => {
  expect(Object.keys(of("test-one-k3s-snapshots", store({ objectLock: false })))).toEqual(["create-bucket", "put-bucket-versioning", "put-bucket-lifecycle-configuration"]);
  expect(of("test-one-k3s-snapshots", store({ objectLock: false }))["create-bucket"]).toEqual({ Bucket: "test-one-k3s-snapshots" });
});

test("what its tool rewrites is never deleted by its age, and its old versions stay for a while", () => {
  const { "put-bucket-lifecycle-configuration": rules, "put-bucket-versioning": versions, "put-object-lock-configuration": lock } = of("test-one-velero");
  const rule = {
    ID: "hearth",
    Status: "Enabled",
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  };
  expect(rules?.["LifecycleConfiguration"]).toEqual({ Rules: [rule] });
  expect([versions?.["VersioningConfiguration"], lock]).toEqual([{ Status: "Enabled" }, undefined]);
});

test("copies elsewhere, or nowhere, ask no service that speaks S3", () => {
  for (const lab of [labOf(), worldStoring().lab]) expect([...infraFiles(lab).keys()]).not.toContain("infra/out/s3/requests.json");
});
