import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bucketMirror } from "../../engine/capabilities/backup/bucket-mirror";
import { drillScript, mirrorScript, restoreScript } from "../../engine/capabilities/backup/mirror-scripts";
import { preciousBackedUp } from "../../engine/checks/releases/precious-backed-up";
import { threeCopies } from "../../engine/checks/releases/three-copies";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, objectName } from "../../engine/model/manifest";
import { bucket, precious, rebuildable } from "../../engine/model/needs";
import { s3Compatible } from "../../engine/model/offsite";
import { podTemplateOf } from "../../engine/model/pod-template";
import { builtOf } from "../lab-of";
import { backupsOf, worldStoring } from "../infra/backups-of";

const [place] = backupsOf().onsite;
const holding = backupsOf({ onsite: [{ ...place!, holds: [...place!.holds, "object-mirror"] }] });
const mirrored = (stores = { photos: bucket(precious("10Gi")) }, backups = holding, mirror = bucketMirror({ projectNumber: "123456789012" })) => worldStoring(stores, { backups, cluster: { provides: { mirror } } });
const objectsOf = (world = mirrored()) => builtOf(world).flatMap(({ manifests }) => manifests);
const containerOf = (name: string, world = mirrored()) => {
  const job = objectsOf(world).find((it) => objectName(it) === name);
  return job && podTemplateOf(job)?.spec.containers[0];
};
const envOf = (name: string, world = mirrored()) => Object.fromEntries((containerOf(name, world)?.env ?? []).map((it) => [it.name, it.value ?? it.valueFrom]));

test("a precious bucket is copied, tried and brought back from beside its release, and the warning goes because it is true", () => {
  expect(objectsOf().filter(({ kind }) => kind === "CronJob").map((it) => [objectName(it), fieldOf(it, "spec", "schedule"), fieldOf(it, "spec", "suspend") ?? false])).toEqual([
    ["CronJob/notes-bucket-mirror", "0 0 * * *", false],
    ["CronJob/notes-bucket-drill", "30 5 * * *", false],
    ["CronJob/notes-bucket-restore", "0 0 31 2 *", true],
  ]);
  expect(preciousBackedUp(mirrored())).toEqual([]);
  expect(threeCopies(mirrored())).toEqual([]);
});

test("what can be rebuilt, and a volume, are none of its business", () => {
  const world = worldStoring({ data: precious("1Gi"), cache: bucket(rebuildable("1Gi")) }, { backups: holding, cluster: { provides: { mirror: bucketMirror({ projectNumber: "1" }) } } });
  expect(objectsOf(world).filter(({ kind }) => kind === "CronJob")).toEqual([]);
  expect(world.releases[0]?.needs.talksTo).toBeUndefined();
});

test("Google is shown the pod's own token, and the house a key from the vault", () => {
  const env = envOf("CronJob/notes-bucket-mirror");
  expect(env).toMatchObject({
    BUCKETS: "source_photos:notes-photos",
    PLACES: "offsite:test-one-object-mirror near_nas:objects",
    RCLONE_CONFIG_OFFSITE_TYPE: "google cloud storage",
    RCLONE_CONFIG_NEAR_NAS_ENDPOINT: "https://192.168.40.20:7101",
    RCLONE_CONFIG_NEAR_NAS_SECRET_ACCESS_KEY: { secretKeyRef: { name: "notes-mirror-nas" } },
    RCLONE_CONFIG_SOURCE_PHOTOS_ACCESS_KEY_ID: { secretKeyRef: { name: "notes-photos-s3" } },
  });
  const google = objectsOf().find((it) => objectName(it) === "ConfigMap/notes-mirror-google");
  expect(String(fieldOf(google, "data", "credentials.json"))).toContain("object-mirror-one@test-backups.iam.gserviceaccount.com");
});

test("an S3 service away is opened with keys of the vault", () => {
  const offsite = s3Compatible({ endpoint: "https://s3.example.com:9000", region: "eu", bucketPrefix: "test" });
  const world = mirrored(undefined, { ...holding, offsite }, bucketMirror());
  expect(envOf("CronJob/notes-bucket-mirror", world)).toMatchObject({ RCLONE_CONFIG_OFFSITE_ENDPOINT: "https://s3.example.com:9000", RCLONE_CONFIG_OFFSITE_SECRET_ACCESS_KEY: { secretKeyRef: { name: "notes-mirror-secret-key" } } });
  expect(world.releases[0]?.needs.secrets).toMatchObject({ mirrorAccessKey: { from: "vault", key: "test-one-object-mirror-access-key" } });
  expect(world.releases.flatMap((it) => flowsOf(it, world)).flatMap(({ from, port }) => (from.kind === "pods" ? [`${from.component} ${port}`] : []))).toEqual(expect.arrayContaining(["bucket-mirror 9000", "bucket-drill 7101"]));
});

test("the app's own pods reach none of the places", () => {
  const world = mirrored();
  const callers = world.releases.flatMap((it) => flowsOf(it, world)).filter(({ port }) => port === 7101).map(({ from }) => (from.kind === "pods" ? from.component : from.kind));
  expect(callers).toEqual(["bucket-mirror", "bucket-drill", "bucket-restore"]);
});

test("without a place to go, a project's number or a span that cron knows, it is told", () => {
  const found = (world: ReturnType<typeof mirrored>) => preciousBackedUp(world).map((it) => `${it.severity} ${it.address}: ${it.found}`);
  expect(found(mirrored(undefined, holding, bucketMirror()))).toEqual(["error one: provides.mirror knows no number of the project that copies go to"]);
  const plans = { ...holding.plans, "object-mirror": { ...holding.plans["object-mirror"], every: "5h" as const } };
  expect(found(mirrored(undefined, { ...holding, plans }))).toEqual(["error one: plans.object-mirror.every = 5h"]);
});

test("the runbook names each bucket, what copies it and what brings it back", () => {
  const world = mirrored();
  const cluster = world.lab.clusters[0]!;
  const text = cluster.provides.mirror?.runbook(cluster, world.releases) ?? "";
  for (const line of ["| notes | photos of one/notes | `notes-bucket-mirror` | `notes-bucket-restore` |", "RESTORE_FROM=near_nas:objects", "create job --from=cronjob/notes-bucket-restore"]) expect(text).toContain(line);
  expect(cluster.provides.mirror?.runbook(cluster, [])).toBeUndefined();
});

/** As much of rclone as the programs use, on folders: what each command does to files, and that it fails where one lacks. */
const standIn = String.raw`#!/bin/sh
names= download= size= one= old= rec= small=
while [ $# -gt 0 ]; do
  case "$1" in
    lsf|sync|copy|check) what=$1 ;;
    --files-from-raw) shift; names=$1 ;; --min-age) shift; old=1 ;; --max-size) shift; small=1 ;; --max-depth|--ca-cert) shift ;;
    --recursive) rec=1 ;; --download) download=1 ;; --*) ;;
    *) if [ -z "$one" ]; then one=$1; else two=$1; fi ;;
  esac; shift
done
at() { case "$1" in *:*) echo "$ROOT/${"$"}{1%%:*}/${"$"}{1#*:}" ;; *) echo "$1" ;; esac; }
from=$(at "$one"); to=$(at "$two")
listed() { (cd "$1" && find . -type f ${"$"}{old:+-mmin +60} ${"$"}{small:+-size -32768k} | sed 's|^\./||' | sort); }
case $what in
  lsf) [ -d "$from" ] || exit 3; listed "$from" ;;
  sync) [ -d "$from" ] || exit 3; rm -rf "$to"; mkdir -p "$to"; cp -a "$from/." "$to" ;;
  copy) [ -d "$from" ] || exit 3; mkdir -p "$to"; (if [ "$names" ]; then cat "$names"; else listed "$from"; fi) | while read -r it; do mkdir -p "$(dirname "$to/$it")"; cp -a "$from/$it" "$to/$it" || exit 1; done ;;
  check) while read -r it; do [ -f "$to/$it" ] || exit 1; [ -z "$download" ] || cmp -s "$from/$it" "$to/$it" || exit 1; done < "$names" ;;
esac
`;

const hasRclone = spawnSync("rclone", ["version"]).status === 0;
if (!hasRclone) console.warn("NOT TESTED with rclone itself, because there is none on the PATH: the programs that mirror buckets");

describe.each(["a stand-in", ...(hasRclone ? ["rclone itself"] : [])])("the programs, with %s", (which) => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "mirror-"));
    for (const folder of ["bin", "scratch", "source_photos/notes-photos", "offsite/copies", "near_nas/objects"]) mkdirSync(path.join(root, folder), { recursive: true });
    if (which === "a stand-in") {
      writeFileSync(path.join(root, "bin/rclone"), standIn);
      chmodSync(path.join(root, "bin/rclone"), 0o755);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const inSource = (name: string) => path.join(root, "source_photos/notes-photos", name);
  const inCopy = (name: string, remote = "offsite/copies") => path.join(root, remote, "notes-photos", name);
  /** An object that was written two days ago, unless it is new. */
  function put(file: string, text: string, isNew = false): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    const then = new Date(Date.now() - (isNew ? 0 : 48 * 3600_000));
    utimesSync(file, then, then);
  }
  function run(script: string, env: Readonly<Record<string, string>> = {}): { readonly failed: boolean; readonly said: string } {
    const remotes = ["source_photos", "offsite", "near_nas"].flatMap((name) => [[`RCLONE_CONFIG_${name.toUpperCase()}_TYPE`, "alias"], [`RCLONE_CONFIG_${name.toUpperCase()}_REMOTE`, path.join(root, name)]]);
    const all = { ...Object.fromEntries(remotes), ROOT: root, SCRATCH: path.join(root, "scratch"), CERTIFICATES: path.join(root, "none"), RCLONE_CONFIG: "/notfound", HOME: root, BUCKETS: "source_photos:notes-photos", PLACES: "offsite:copies near_nas:objects", DUE_AFTER: "3600s", PATH: `${path.join(root, "bin")}:${process.env["PATH"] ?? ""}`, ...env };
    try {
      return { failed: false, said: execFileSync("/bin/sh", ["-c", script], { env: all, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }) };
    } catch (error) {
      return { failed: true, said: String(fieldOf(error, "stdout")) };
    }
  }

  test("a copy becomes what the bucket is, in every place, and what was deleted goes", () => {
    put(inSource("a/one.jpg"), "one");
    put(inSource("two.jpg"), "two");
    expect(run(mirrorScript).failed).toBe(false);
    for (const remote of ["offsite/copies", "near_nas/objects"]) expect(readFileSync(inCopy("a/one.jpg", remote), "utf8")).toBe("one");
    rmSync(inSource("two.jpg"));
    expect(run(mirrorScript).failed).toBe(false);
    expect(existsSync(inCopy("two.jpg"))).toBe(false);
  });

  test("an empty bucket never empties its copy, and that is told", () => {
    put(inCopy("one.jpg"), "one");
    const { failed, said } = run(mirrorScript);
    expect([failed, readFileSync(inCopy("one.jpg"), "utf8")]).toEqual([true, "one"]);
    expect(said).toContain("FAILED: source_photos:notes-photos is empty, or cannot be read, and offsite:copies/notes-photos is not");
    expect(said).not.toContain("near_nas:objects/notes-photos is not");
  });

  test("one that cannot be read does not keep the others from being copied", () => {
    put(inSource("one.jpg"), "one");
    const { failed, said } = run(mirrorScript, { BUCKETS: "source_photos:no-such source_photos:notes-photos" });
    expect([failed, readFileSync(inCopy("one.jpg"), "utf8")]).toEqual([true, "one"]);
    expect(said).toContain("FAILED: source_photos:no-such to offsite:copies/no-such");
  });

  test("a drill reads back what is due, and what is newer than the last copy is not missed", () => {
    put(inSource("one.jpg"), "one");
    run(mirrorScript);
    put(inSource("new.jpg"), "new", true);
    expect(run(drillScript)).toMatchObject({ failed: false, said: expect.stringContaining("offsite:copies/notes-photos has the 1 objects that are due; 1 of them were read back and are the same") });
  });

  test("an object that the copy lacks fails the drill, and so does one with other bytes", () => {
    put(inSource("one.jpg"), "one");
    put(inSource("two.jpg"), "two");
    run(mirrorScript);
    rmSync(inCopy("two.jpg"));
    expect(run(drillScript)).toMatchObject({ failed: true, said: expect.stringContaining("FAILED: offsite:copies/notes-photos lacks what source_photos:notes-photos has had for longer than 3600s") });
    put(inCopy("two.jpg"), "TWO");
    expect(run(drillScript)).toMatchObject({ failed: true, said: expect.stringContaining("FAILED: what came back of offsite:copies/notes-photos is not what source_photos:notes-photos has") });
  });

  test("a bucket is brought back from the place that is asked for, and nothing in it is deleted", () => {
    put(inSource("one.jpg"), "one");
    run(mirrorScript);
    rmSync(inSource("one.jpg"));
    rmSync(inCopy("one.jpg"));
    put(inSource("since.jpg"), "since");
    expect(run(restoreScript, { RESTORE_FROM: "near_nas:objects" }).failed).toBe(false);
    expect([readFileSync(inSource("one.jpg"), "utf8"), readFileSync(inSource("since.jpg"), "utf8")]).toEqual(["one", "since"]);
  });
});
