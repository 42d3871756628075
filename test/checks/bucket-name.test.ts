import { bucketName } from "../../engine/checks/releases/bucket-name";
import { precious } from "../../engine/model/needs";
import { googleCloud, s3Compatible, type Offsite } from "../../engine/model/offsite";
import { backupsOf, worldStoring } from "../infra/backups-of";

const { offsite } = backupsOf();
const named = (bucketPrefix: string): Offsite => ({ ...offsite, bucketPrefix });
const findingsWith = (given: Offsite, clusterName = "one") =>
  bucketName(worldStoring({ data: precious("1Gi") }, { backups: backupsOf({ offsite: given }), cluster: { name: clusterName } }));

test("ordinary names pass", () => {
  expect(findingsWith(named("hearth-example"))).toEqual([]);
});

test.each(["Hearth", "hearth_lab", "-hearth", "googly", "my-g00gle", "h".repeat(60)])(
  "bucket names that begin with %j are refused",
  (prefix) => {
    const findings = findingsWith(named(prefix));
    expect(new Set(findings.map((it) => it.rule))).toEqual(new Set(["bucket-name"]));
    expect(findings).toHaveLength(2);
  },
);

test("another service may be called after Google", () => {
  expect(findingsWith(s3Compatible({ endpoint: "https://s3.test.example", region: "eu", bucketPrefix: "googly" }))).toEqual([]);
});

test("a cluster whose name leaves no room for an account's is found", () => {
  expect(
    findingsWith(googleCloud({ ...(offsite as ReturnType<typeof googleCloud>) }), "workshop-in-the-cellar").map((it) => it.found),
  ).toEqual(['service account "k3s-snapshots-workshop-in-the-cellar", of 36 characters']);
});
