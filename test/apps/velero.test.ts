import type { z } from "zod";
import { velero as backup } from "../../apps/velero/provides";
import { preciousKept } from "../../engine/checks/manifests/precious-kept";
import { forArgocd } from "../../engine/argocd/for-argocd";
import type { BackupProvider } from "../../engine/model/provides";
import { backupRunbook } from "../../apps/velero/runbook";
import { velero } from "../../apps/velero/velero";
import { usualPlans, type Backups } from "../../engine/model/backups";
import { googleCloud, s3Compatible, type Offsite } from "../../engine/model/offsite";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { nas, backupsOf } from "../infra/backups-of";
import { bucket, precious, rebuildable } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import { resolve } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, labOf, testProviders, twoHosts, worldOf } from "../lab-of";

const notes = place(appOf({ name: "notes", needs: { stores: { data: precious("1Gi") } } }));
const cache = place(appOf({ name: "cache", needs: { stores: { data: rebuildable("1Gi"), copies: bucket(precious("1Gi")) } } }));

const google = googleCloud({ project: "copies", billingAccount: "0", location: "EU", bucketPrefix: "home", alertsTo: "a@b.example", budget: { amount: 1, currency: "EUR" } });
const planned = (offsite: Offsite): Backups => ({ offsite, onsite: [], plans: { ...usualPlans, velero: { ...usualPlans.velero, every: "6h", keep: "30d" } } });

const withSnapshots = { ...testProviders.storage, precious: { ...testProviders.storage["precious"]!, snapshots: true } };

interface Here {
  readonly settings?: z.input<(typeof velero)["settings"]>;
  readonly beside?: readonly Placement[];
  readonly offsite?: Offsite;
  readonly snapshots?: boolean;
}

function objects({ settings, beside = [notes, cache], offsite, snapshots = false }: Here = {}): readonly Manifest[] {
  const cluster = clusterOf({ provides: { backup: backup(), ...(snapshots ? { storage: withSnapshots } : {}) }, runs: [place(velero, { settings: { ...settings } }), ...beside] });
  const world = worldOf({ clusters: [cluster], ...(offsite ? { backups: planned(offsite) } : {}) });
  return builtOf(world)[0]?.manifests ?? [];
}

const named = (name: string, all: readonly Manifest[] = objects()): Manifest => all.find((it) => objectName(it) === name)!;
const templateOf = (schedule: Manifest | undefined): unknown => fieldOf(schedule, "spec", "template");
const envOf = (manifest: Manifest): Readonly<Record<string, unknown>> => Object.fromEntries((podTemplateOf(manifest)?.spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));

/** Every rule of its roles, with the namespace that it holds in. */
const rules = () =>
  objects().flatMap(({ kind, metadata, ...role }) => {
    const listed = kind === "ClusterRole" || kind === "Role" ? role["rules"] : undefined;
    const strings = (rule: unknown, field: string): readonly string[] => [fieldOf(rule, field) ?? []].flat().map(String);
    return Array.isArray(listed) ? listed.map((rule: unknown) => ({ where: metadata.namespace ?? "cluster", resources: strings(rule, "resources"), verbs: strings(rule, "verbs") })) : [];
  });

test("every namespace that keeps something precious has a Schedule, and no other", () => {
  expect(objects().flatMap(({ kind, metadata }) => (kind === "Schedule" ? [metadata.name] : []))).toEqual(["notes"]);
});

test("how often and how long is the lab's plan, and without one a night's and ninety days'", () => {
  expect(fieldOf(named("Schedule/notes"), "spec")).toMatchObject({ schedule: "0 1 * * *", template: { ttl: "2160h0m0s" } });
  expect(fieldOf(named("Schedule/notes", objects({ offsite: google, settings: { projectNumber: "1" } })), "spec")).toMatchObject({ schedule: "@every 6h0m0s", template: { ttl: "720h0m0s" } });
});

test("files are copied where storage takes no snapshots, and snapshots leave the storage that they are of", () => {
  expect(templateOf(named("Schedule/notes"))).toMatchObject({ defaultVolumesToFsBackup: true, snapshotVolumes: false });
  expect(templateOf(named("Schedule/notes", objects({ snapshots: true })))).toMatchObject({ defaultVolumesToFsBackup: false, snapshotVolumes: true, snapshotMoveData: true });
});

test("no Secret is copied, and Velero may read none but its own namespace's, and make none", () => {
  expect(templateOf(named("Schedule/notes"))).toMatchObject({ includedNamespaceScopedResources: ["persistentvolumeclaims", "pods"], excludedClusterScopedResources: ["priorityclasses.scheduling.k8s.io"] });
  expect(rules().filter(({ resources }) => resources.includes("secrets"))).toEqual([{ where: "velero", resources: ["secrets"], verbs: ["get", "list", "watch"] }]);
  expect(rules().flatMap(({ resources, verbs }) => [...resources, ...verbs])).not.toContain("*");
});

test("it makes pods and claims only where it restores to", () => {
  const makes = rules().filter(({ resources, verbs }) => verbs.includes("create") && resources.includes("pods"));
  expect(makes.map(({ where }) => where).sort()).toEqual(["notes", "velero", "velero-drill"]);
});

test("what is in the bucket is locked with a password that outlives the cluster", () => {
  const [release] = worldOf({ clusters: [clusterOf({ runs: [place(velero)] })] }).releases;
  expect(release?.needs.secrets?.["repositories"]).toMatchObject({ guards: true, shape: { name: "velero-repo-credentials" } });
});

test("the server does not start before that password is there, for it would make one that everybody knows", () => {
  const { volumes = [] } = podTemplateOf(named("Deployment/velero"))!.spec;
  expect(volumes.map((each) => fieldOf(each, "secret", "secretName"))).toContain("velero-repo-credentials");
});

test("a backup begins when it is known where snapshots may go, though they go nowhere", () => {
  expect(rules().filter(({ resources }) => resources.includes("volumesnapshotlocations"))).toEqual([{ where: "velero", resources: ["volumesnapshotlocations"], verbs: ["get", "list", "watch"] }]);
  expect(rules().find(({ resources }) => resources.includes("namespaces"))?.verbs).toContain("watch");
});

test("whatever tidies repositories has the labels that its policy knows, under the key that Velero reads", () => {
  const data = fieldOf(named("ConfigMap/maintenance-config"), "data");
  expect(Object.keys(data ?? {})).toEqual(["global"]);
  expect(JSON.parse(String(fieldOf(data, "global")))).toMatchObject({ podLabels: { "app.kubernetes.io/component": "repository-maintenance" }, keepLatestMaintenanceJobs: 1 });
});

test("Google Cloud is reached with the pod's own token, in the bucket and as the account that infra makes", () => {
  const all = objects({ offsite: google, settings: { projectNumber: "123" } });
  expect(fieldOf(named("BackupStorageLocation/default", all), "spec")).toMatchObject({ provider: "gcp", objectStorage: { bucket: "home-one-velero" } });
  expect(fieldOf(named("ConfigMap/velero-google", all), "data", "credentials.json")).toContain("serviceAccounts/velero-one@copies.iam.gserviceaccount.com:generateAccessToken");
  for (const workload of ["Deployment/velero", "DaemonSet/node-agent"]) {
    expect(podTemplateOf(named(workload, all))?.spec.serviceAccountName).toBe("velero");
    expect(JSON.stringify(podTemplateOf(named(workload, all))?.spec.volumes)).toContain('"audience":"https://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/test-one/providers/kubernetes"');
  }
});

test("a service that speaks S3 is reached with keys of the one bucket", () => {
  const all = objects({ offsite: s3Compatible({ endpoint: "https://s3.example.com", region: "eu", bucketPrefix: "home" }) });
  expect(fieldOf(named("BackupStorageLocation/default", all), "spec")).toMatchObject({ provider: "aws", objectStorage: { bucket: "home-one-velero" }, config: { s3Url: "https://s3.example.com", region: "eu" } });
  expect(Object.keys(envOf(named("DaemonSet/node-agent", all)))).toEqual(expect.arrayContaining(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]));
  expect(envOf(named("Deployment/velero", all))["AWS_SECRET_ACCESS_KEY"]).toBeUndefined();
});

describe("with a place in the house besides", () => {
  const cluster = clusterOf({ provides: { backup: backup() }, runs: [place(velero, { settings: { projectNumber: "1" } }), notes] });
  const world = worldOf({ clusters: [cluster], hosts: [...twoHosts, nas], backups: backupsOf() });
  const all = builtOf(world)[0]?.manifests ?? [];

  test("every namespace is copied there too, on a Schedule of its own", () => {
    const places = all.filter(({ kind }) => kind === "Schedule").map((it) => [it.metadata.name, fieldOf(templateOf(it), "storageLocation")]);
    expect(places).toEqual([["notes", "default"], ["notes-nas", "nas"]]);
  });

  test("it is reached at its own address and port, and trusted by its own certificate", () => {
    expect(fieldOf(named("BackupStorageLocation/nas", all), "spec")).toMatchObject({
      provider: "aws",
      config: { s3Url: "https://192.168.40.20:7101" },
      objectStorage: { bucket: "velero", caCert: Buffer.from(backupsOf().onsite[0]?.s3?.certificate ?? "").toString("base64") },
      credential: { name: "copies-nas", key: "cloud" },
    });
    expect(world.releases[0]?.needs.secrets?.["copies-nas"]).toMatchObject({ from: "vault", key: "nas-velero-one", shape: { name: "copies-nas" } });
  });

  test("whoever copies may call it, and the server has the program for it", () => {
    for (const from of ["velero", "data-mover", "repository-maintenance"])
      expect(world.releases[0]?.needs.talksTo?.[`${from}-nas`]).toEqual({ kind: "addresses", cidrs: ["192.168.40.20/32"], port: 7101, from });
    expect(podTemplateOf(named("Deployment/velero", all))?.spec.initContainers?.map(({ name }) => name)).toEqual(["plugin", "plugin-s3"]);
  });

  test("the runbook says how to read the copy that never left", () => {
    expect(backupRunbook(world, cluster)).toContain("`--from-schedule NAMESPACE-nas` (on nas)");
  });
});

test("without a plan, the cluster's own bucket is better than nothing", () => {
  expect(fieldOf(named("BackupStorageLocation/default"), "spec")).toMatchObject({ provider: "aws", objectStorage: { bucket: "velero-copies" }, config: { s3Url: "https://s3.test.example" } });
});

/** A release with the same stores as `notes`, on a cluster whose backup is this one. */
const started = (provider = backup(), app = notes) => {
  const world = worldOf({ clusters: [clusterOf({ provides: { backup: provider }, runs: [place(velero), app] })] });
  const built = builtOf(world).map(forArgocd);
  return { world, manifests: built[1]?.manifests ?? [], findings: preciousKept(built) };
};

test("whatever keeps something precious begins with a Job that brings it back, and nothing else of it comes before that is done", () => {
  const { manifests } = started();
  const wave = ({ metadata }: Manifest) => Number(metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
  const job = named("Job/notes-first-start", manifests);
  expect(job.metadata.annotations).toMatchObject({ "argocd.argoproj.io/hook": "Sync", "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation" });
  expect(envOf(job)).toMatchObject({ NAMESPACE: "notes", VELERO_NAMESPACE: "velero" });
  expect(wave(job)).toBe(0);
  expect(wave(named("PersistentVolumeClaim/notes-data", manifests))).toBe(1);
});

test("it may ask Velero for a restore, and in its namespace only take away the pods that carried the files", () => {
  const { world, manifests } = started();
  const rulesOf = (namespace: string) => manifests.filter(({ kind, metadata }) => kind === "Role" && metadata.namespace === namespace).flatMap((role) => [role["rules"]].flat().map((rule) => `${String(fieldOf(rule, "verbs"))} ${String(fieldOf(rule, "resources"))}`));
  expect(rulesOf("notes")).toEqual(["list persistentvolumeclaims", "get,list,watch,delete pods"]);
  expect(rulesOf("velero")).toEqual(["list,watch backupstoragelocations", "list backups", "get,list,watch,create restores", "list podvolumebackups,podvolumerestores,datadownloads"]);
  expect(world.startEdges().filter(({ from }) => from === "one/notes")).toMatchObject([{ to: "one/velero", because: "what its precious volumes held before" }]);
});

test("nothing is brought back of what can be rebuilt, of Velero itself, or where the owner says so", () => {
  expect(started(backup(), cache).manifests.filter(({ kind }) => kind === "Job")).toEqual([]);
  expect(started(backup({ restores: false })).manifests.filter(({ kind }) => kind === "Job")).toEqual([]);
  expect(objects().filter(({ kind }) => kind === "Job")).toEqual([]);
});

test("one word brings copy, drill and restore; one that is missing is a finding", () => {
  expect(started().findings).toEqual([]);
  expect(started(backup({ restores: false })).findings).toEqual([]);
  const other: BackupProvider = { ...backup(), parts: ({ app }) => (app.name === "velero" ? [] : [{ does: "drill", address: "one/velero", object: "CronJob/velero-drills" }]) };
  expect(started(other).findings).toMatchObject([{ rule: "precious-kept", address: "one/notes", found: "precious volumes, and no CronJob/velero-drills in one/velero to drill them" }]);
});

test("a wrong name, and Google without the project's number, are findings", () => {
  const rules = (placement: Placement) => resolve(labOf({ clusters: [clusterOf({ runs: [placement] })], backups: planned(google) })).findings.map(({ rule }) => rule);
  expect(rules(place(velero, { as: "copies", settings: { projectNumber: "1" } }))).toEqual(["velero-name"]);
  expect(rules(place(velero))).toEqual(["velero-project-number"]);
});

test("the runbook names this cluster's namespaces, and a cluster without Velero has none", () => {
  const world = worldOf({ clusters: [clusterOf({ runs: [place(velero), notes] })] });
  const text = backupRunbook(world, world.lab.clusters[0]!);
  expect(text).toContain("--context one");
  expect(text).toContain("| notes |");
  const other = worldOf({ clusters: [clusterOf({ runs: [notes] })] });
  expect(backupRunbook(other, other.lab.clusters[0]!)).toBeUndefined();
});
