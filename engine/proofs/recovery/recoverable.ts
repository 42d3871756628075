import { groupsOf } from "../../checks/groups";
import { arrayOf } from "../../checks/manifests/violations";
import { bucketNameOf, writerOf } from "../../model/backup-target";
import { usualPlans } from "../../model/backups";
import type { Built } from "../../model/built";
import { storageFor } from "../../model/chosen-storage";
import { error, type Finding } from "../../model/finding";
import { fieldOf, type Manifest } from "../../model/manifest";
import { mirrorComponent, mirrorOf, mirrorSource, preciousBuckets } from "../../model/mirrored";
import type { Store } from "../../model/needs";
import { podTemplateOf } from "../../model/pod-template";
import { secondsOf } from "../../model/quantity";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { intervalOf, scheduledCopies, type ScheduledCopy } from "./schedules";

/**
 * Where a cluster has backups, everything precious can really come back: its claims are known, a schedule copies their volumes
 * off site as often as the plan says, what locks the data is escrowed, and a drill proves it all. Read from the objects.
 */
export const recoverable = (built: readonly Built[], world: World): readonly Finding[] => [...volumesCome(built, world), ...built.flatMap((it) => unmirrored(it, world))];

const volumesCome = (built: readonly Built[], world: World): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const backup = here[0]?.release.cluster.provides.backup;
    if (!backup?.runs.includes("velero")) return [];
    const keeping = here.filter(({ release }) => release.app.name !== backup.backedBy && preciousVolumes(release).length > 0);
    const copies = scheduledCopies(here);
    return [...keeping.flatMap((it) => [...preciousVolumes(it.release).flatMap(([name, store]) => ofStore(it, name, store, copies, world)), ...unescrowed(it)]), ...(keeping.length ? undrilled(here, backup.backedBy) : [])];
  });

/** Buckets are the mirror's, and databases another tool's: precious-backed-up names those that nothing runs for. */
const preciousVolumes = (release: Release): readonly (readonly [string, Store])[] =>
  Object.entries(release.needs.stores ?? {}).filter(([, store]) => store.worth === "precious" && writerOf(release, store) === "velero");

function ofStore(it: Built, name: string, store: Store, copies: readonly ScheduledCopy[], { lab }: World): readonly Finding[] {
  const { release } = it;
  const plan = (lab.backups?.plans ?? usualPlans).velero;
  const gap = (found: string, expected: string, fix: string): Finding => error({ rule: "recoverable", address: release.address, found: `stores.${name}: ${found}`, expected, fix });
  const places = namespacesOfClaims(it, name, store);
  if (places.length === 0) return [gap("a controller makes its claims, and nothing says which", "claims that a schedule can be compared with", "Name them in makes.claims, or write a StatefulSet's template")];
  const snapshots = storageFor(release, name, store)?.snapshots ?? false;
  return places.flatMap((namespace) => {
    const covering = copies.filter((copy) => !copy.paused && copy.includes(namespace, "persistentvolumeclaims"));
    if (covering.length === 0) return [gap(`no schedule copies namespace ${namespace}`, "a schedule with its claims", "Let the backup's app write one for every namespace with something precious")];
    const carrying = covering.filter((copy) => (copy.copiesFiles ? copy.includes(namespace, "pods") : copy.movesSnapshots && snapshots));
    if (carrying.length === 0)
      return [gap(`${covering.map((copy) => copy.name).join(", ")} copy its claim without what is in it`, snapshots ? "snapshots that are moved away, or files" : "files: its storage takes no snapshots", "Set snapshotMoveData, or defaultVolumesToFsBackup with pods included")];
    const away = carrying.filter(({ offsite }) => offsite);
    if (away.length === 0) return [gap(`${carrying.map((copy) => copy.name).join(", ")} stay in the house`, "a copy in the default location, off site", "Add a schedule for the default BackupStorageLocation")];
    const soonest = Math.min(...away.map(({ every }) => every ?? Infinity));
    return soonest <= secondsOf(plan.every) ? [] : [gap(`${away.map((copy) => copy.name).join(", ")} ${Number.isFinite(soonest) ? `run every ${soonest / 3600} h` : "run irregularly"}`, `a copy every ${plan.every}, as the plan promises`, "Run it as often as plans.velero.every says")];
  });
}

/** Where the claims of a store are, by whoever makes them; empty where nobody says. */
function namespacesOfClaims({ release, manifests }: Built, name: string, store: Store): readonly string[] {
  if (store.claim === "engine") return [release.namespace];
  const templates = manifests.filter((manifest) => arrayOf(fieldOf(manifest, "spec", "volumeClaimTemplates")).some((it) => fieldOf(it, "metadata", "name") === `${release.name}-${name}`));
  const made = release.makes.filter(({ claims = {} }) => name in claims);
  return [...new Set([...templates.map((manifest) => manifest.metadata.namespace ?? release.namespace), ...made.map(({ namespace = release.namespace }) => namespace)])];
}

/** Where the cluster has a mirror, every precious bucket is in a job that runs often enough and goes away, and in a drill. */
function unmirrored({ release, manifests }: Built, { lab }: World): readonly Finding[] {
  if (!mirrorOf(release) || !lab.backups) return [];
  const target = bucketNameOf(lab.backups.offsite, { owner: release.cluster.name, writer: "object-mirror", worth: "precious" });
  const { every } = lab.backups.plans["object-mirror"];
  const jobs = manifests.filter(({ kind, spec }) => kind === "CronJob" && fieldOf(spec, "suspend") !== true);
  const copying = (component: string, store: string) =>
    jobs.filter((job) => job.metadata.labels?.["app.kubernetes.io/component"] === component && wordsOf(job, "BUCKETS").some((word) => word.startsWith(`${mirrorSource(store)}:`)) && wordsOf(job, "PLACES").some((word) => word.endsWith(`:${target}`)));
  const gap = (store: string, found: string, expected: string, fix: string): Finding => error({ rule: "recoverable", address: release.address, found: `stores.${store}: ${found}`, expected, fix });
  return preciousBuckets(release.needs).flatMap((store) => {
    const often = copying(mirrorComponent, store).some((job) => (intervalOf(String(fieldOf(job, "spec", "schedule"))) ?? Infinity) <= secondsOf(every));
    return [
      ...(often ? [] : [gap(store, `no job copies it to ${target} every ${every}`, "a CronJob of component bucket-mirror that does", "Let the mirror's provider write one, and take no patch to it")]),
      ...(copying("bucket-drill", store).length ? [] : [gap(store, "copies, and no drill that reads them back", "a CronJob of component bucket-drill that runs", "Switch the drill on")]),
    ];
  });
}

/** The words of a variable of a job's container. */
const wordsOf = (job: Manifest, name: string): readonly string[] => (podTemplateOf(job)?.spec.containers ?? []).flatMap(({ env = [] }) => env.filter((it) => it.name === name).flatMap(({ value = "" }) => value.split(" ")));

/** What data cannot be read again without is kept in the vault, which outlives the cluster. */
function unescrowed({ release, manifests }: Built): readonly Finding[] {
  const pushed = new Set(manifests.filter(({ kind }) => kind === "PushSecret").flatMap(sourcesOf));
  return Object.entries(release.needs.secrets ?? {})
    .filter(([name, need]) => need.from === "generated" && need.guards && ![`${release.name}-${kebab(name)}`, need.shape?.name].some((it) => it !== undefined && pushed.has(it)))
    .map(([name]) =>
      error({
        rule: "recoverable",
        address: release.address,
        found: `secrets.${name} guards ${preciousVolumes(release).map(([store]) => `stores.${store}`).join(", ")}, and nothing keeps it off site`,
        expected: "a PushSecret into the vault: without it what comes back cannot be read",
        fix: "Choose a secrets provider that escrows what guards data",
      }),
    );
}

const sourcesOf = ({ spec }: Manifest): readonly string[] => [fieldOf(spec, "selector", "secret", "name"), fieldOf(spec, "selector", "generatorRef", "name")].filter((it) => typeof it === "string");

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A backup that nobody ever restored is a hope. */
function undrilled(here: readonly Built[], app: string | undefined): readonly Finding[] {
  const backups = here.filter(({ release }) => release.app.name === app);
  const drills = backups.some(({ manifests }) => manifests.some(({ kind, metadata, spec }) => kind === "CronJob" && metadata.labels?.["app.kubernetes.io/component"] === "drill" && fieldOf(spec, "suspend") !== true));
  return drills || backups.length === 0
    ? []
    : [
        error({
          rule: "recoverable",
          address: backups[0]?.release.address ?? "lab",
          found: "backups, and no drill that restores one",
          expected: "a CronJob of component drill that runs",
          fix: "Switch the drill on",
        }),
      ];
}
