import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applicationSet } from "../../../engine/argocd/application-set";
import type { Lab } from "../../../engine/model/lab";
import { fieldOf, type Manifest } from "../../../engine/model/manifest";
import { worldOf } from "../../../engine/model/resolve";
import { planOf } from "../../../engine/plan/plan";
import { nameIn, sideOf } from "../../../engine/plan/side";
import type { ApiServer } from "../cluster/api-server";
import type { Testbed } from "../cluster/testbed";
import { createRepository, repositoryPath, type Repository } from "../git/repository";
import type { KubernetesObject, ObjectReference } from "../kubernetes/object";
import { until } from "../processes/until";
import { cases as direct } from "./cases";
import type { SyncCase } from "./cases/argocd";
import { compared, type Outcome } from "./compared";
import { namedApart } from "./named-apart";
import { changed, fixedClass, growingClass, namespaceName } from "./objects";
import { seenOf } from "./seen";
import { unsettled } from "./settled";
import { argocdNamespace, startSmallArgoCd } from "./small-argocd";
import { treeOf, type Releases, type SideOptions } from "./sides";
import { standingOf, type Standing } from "./standing";
import { progressOf, type Progress } from "./synced-application";

/** What a run of the table stands on. */
export interface SyncGround {
  readonly testbed: Testbed;
  readonly api: ApiServer;
  /** Any lab: its ApplicationSets are those that the engine writes. */
  readonly lab: Lab;
}

const PATIENCE_SECONDS = 240;

/** How soon an ApplicationSet that has made nothing is asked again: it may have been there a moment before its project. */
const AGAIN_MILLISECONDS = 5000;
const refresh = { Application: { "argocd.argoproj.io/refresh": "normal" }, ApplicationSet: { "argocd.argoproj.io/application-set-refresh": "true" } };

/** Commits every case's base, lets a real Argo CD sync it, commits what comes after, and compares what that did. */
export async function runSyncCases(ground: SyncGround, cases: readonly SyncCase[]): Promise<readonly Outcome[]> {
  const { testbed, api } = ground;
  const serverRoot = path.join(testbed.processes.directory, "git");
  const url = "https://git.example/plan.git";
  const repository = createRepository(serverRoot, path.join(testbed.processes.directory, "work-tree"), url, "main");
  // Those that were put to the server without Argo CD have their namespaces, and what they left there.
  const scenes = cases.map((it, index) => sceneOf(ground, it, direct.length + index + 1, `file://${path.join(serverRoot, repositoryPath(url))}`));

  for (const scene of scenes) write(repository, scene.before, undefined);
  const first = repository.commit("Before");
  await startSmallArgoCd(testbed, api);
  for (const scene of scenes) for (const object of scene.ground) await api.client.apply(object);
  const stood = await Promise.all(scenes.map((scene) => outcomeOf(api, scene, { commit: first, addresses: Object.keys(scene.it.before), mayFail: false, mayGo: false })));

  for (const scene of scenes) if (scene.unguarded) await loseGuards(api, scene, scene.unguarded);
  for (const scene of scenes) write(repository, scene.after, scene.before);
  const second = repository.commit("After");
  await refreshAll(api);
  const stands = await Promise.all(scenes.map((scene) => outcomeOf(api, scene, { commit: second, addresses: [...new Set([...Object.keys(scene.it.before), ...Object.keys(scene.it.after)])], mayFail: scene.it.refused === true, mayGo: scene.unguarded !== undefined })));
  return scenes.map((scene, index) => told(scene, stood[index]!, stands[index]!));
}

/** A case on a cluster of its own: that is an ApplicationSet, and all of them sync the one that really stands. */
interface Scene {
  readonly it: SyncCase;
  readonly number: number;
  readonly namespace: string;
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** Every object of either side, as the case calls it and as it is called here. */
  readonly objects: readonly { readonly said: Manifest; readonly here: Manifest }[];
  readonly ground: readonly Manifest[];
  /** The ApplicationSet without its guards, where the case takes them. */
  readonly unguarded?: Manifest;
}

function sceneOf({ lab }: SyncGround, it: SyncCase, number: number, url: string): Scene {
  const cluster = { ...lab.clusters[0]!, name: clusterOf(number) };
  const world = worldOf({ ...lab, clusters: [cluster], gitops: { mode: "hub", hub: cluster.name, repository: url, branch: "main" } }, [], []);
  const set = applicationSet({ cluster, namespace: argocdNamespace, clusters: [cluster], folder: "argocd", prefix: "" }, cluster, world);
  const project: Manifest = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: cluster.name, namespace: argocdNamespace }, spec: { sourceRepos: ["*"], destinations: [{ namespace: "*", server: "*" }], clusterResourceWhitelist: [{ group: "*", kind: "*" }] } };
  const said = [...new Map(Object.values(it.before).concat(Object.values(it.after)).flat().map((manifest) => [nameIn(manifest, namespaceName), manifest])).values()];
  const here = namedApart(said, number);
  return {
    it,
    number,
    namespace: `${namespaceName}-${String(number)}`,
    before: filesOf(it.before, number, it.beforeOptions),
    after: filesOf(it.after, number, it.afterOptions),
    objects: said.map((manifest, index) => ({ said: manifest, here: here[index]! })),
    ground: [...namedApart([fixedClass, growingClass], number), project, set],
    ...(it.afterOptions?.applicationSet ? { unguarded: changed(set, "spec.syncPolicy", fieldOf(it.afterOptions.applicationSet, "spec", "syncPolicy")) } : {}),
  };
}

const clusterOf = (number: number): string => `one-${String(number)}`;
const hereOf = (address: string, number: number): string => address.replace("one/", `${clusterOf(number)}/`);

/** The folders and parameter files of a side, as they stand in the repository that is synced. */
function filesOf(releases: Releases, number: number, { parameters = {} }: SideOptions = {}): ReadonlyMap<string, string> {
  const addresses = Object.keys(releases);
  const named = Object.fromEntries(addresses.map((address) => [hereOf(address, number), namedApart(releases[address] ?? [], number)]));
  const more = Object.fromEntries(addresses.map((address) => [hereOf(address, number), { namespace: `${namespaceName}-${String(number)}`, ...parameters[address] }]));
  return new Map([...treeOf(named, { parameters: more })].filter(([file]) => file.startsWith("dist/") || file.startsWith("argocd/releases/")));
}

function write({ workTree }: Repository, files: ReadonlyMap<string, string>, old: ReadonlyMap<string, string> | undefined): void {
  for (const file of old?.keys() ?? []) if (!files.has(file)) rmSync(path.join(workTree, file));
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(workTree, file)), { recursive: true });
    writeFileSync(path.join(workTree, file), text);
  }
}

const applicationOf = (name: string): ObjectReference => ({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { namespace: argocdNamespace, name } });

/** The guards go before anything else does: Argo CD then marks the Application to take its objects along. */
async function loseGuards({ client, process }: ApiServer, { it, number }: Scene, set: Manifest): Promise<void> {
  await client.apply(set);
  for (const address of Object.keys(it.before)) {
    const name = hereOf(address, number).replace("/", "-");
    await until({ what: `${name} to take its objects along`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 500, signal: process.died }, async () => (fieldOf(await client.get(applicationOf(name)), "metadata", "finalizers") === undefined ? undefined : true));
  }
}

async function refreshAll({ client }: ApiServer): Promise<void> {
  for (const kind of ["ApplicationSet", "Application"] as const) {
    for (const { metadata } of await client.list("argoproj.io/v1alpha1", kind, argocdNamespace)) {
      await client.patch({ apiVersion: "argoproj.io/v1alpha1", kind, metadata: { namespace: argocdNamespace, name: metadata.name } }, { metadata: { annotations: refresh[kind] } });
    }
  }
}

/** What stands once Argo CD has done with a commit, and what it was refused on the way. */
interface Synced {
  readonly standing: Standing;
  readonly refused: ReadonlySet<string>;
}

/** What is awaited of a case's Applications. */
interface Awaited {
  readonly commit: string;
  readonly addresses: readonly string[];
  /** Trying and failing is all that it will ever do. */
  readonly mayFail: boolean;
  /** Its guards are gone, and so may it be. */
  readonly mayGo: boolean;
}

async function outcomeOf({ client, process }: ApiServer, { it, number, namespace, objects }: Scene, { commit, addresses, mayFail, mayGo }: Awaited): Promise<Synced> {
  let refused: ReadonlySet<string> = new Set();
  let askedAt = Date.now();
  const standing = await until({ what: it.title, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 500, signal: process.died }, async () => {
    const refusedNow = new Set<string>();
    for (const address of addresses) {
      const name = hereOf(address, number).replace("/", "-");
      const application = await client.get(applicationOf(name));
      if (application === undefined && mayGo) continue;
      if (application === undefined) {
        const set = { ...applicationOf(clusterOf(number)), kind: "ApplicationSet" };
        if (Date.now() - askedAt > AGAIN_MILLISECONDS) {
          askedAt = Date.now();
          await client.patch(set, { metadata: { annotations: refresh.ApplicationSet } });
        }
        throw new Error(`there is no ${name} yet: ${complaintOf(await client.get(set))}`);
      }
      const progress: Progress = progressOf(application, commit);
      // What a later try has brought about was not refused for good.
      if (!progress.done) for (const object of progress.refused) refusedNow.add(object);
      if (!progress.done && !(mayFail && progress.failing)) throw new Error(`${name} is ${JSON.stringify(fieldOf(application, "status", "operationState", "message") ?? fieldOf(application, "status", "conditions") ?? fieldOf(application, "status", "sync", "status"))}`);
    }
    const now = await standingOf(client, namespace, objects.map(({ here }) => here));
    const waiting = unsettled(now);
    if (waiting.length > 0) throw new Error(waiting.join("; "));
    refused = refusedNow;
    return now;
  });
  return { standing, refused };
}

/** What an ApplicationSet says that keeps it from making its Applications. */
function complaintOf(set: KubernetesObject | undefined): string {
  const conditions = fieldOf(set, "status", "conditions");
  const failed = Array.isArray(conditions) ? conditions.find((it) => fieldOf(it, "type") === "ErrorOccurred" && fieldOf(it, "status") === "True") : undefined;
  return String(fieldOf(failed, "message") ?? "its ApplicationSet does not say why");
}

function told({ it, namespace, objects }: Scene, before: Synced, after: Synced): Outcome {
  const plan = planOf(sideOf(treeOf(it.before, it.beforeOptions)), sideOf(treeOf(it.after, it.afterOptions)));
  const seen = new Map(objects.map(({ said, here }) => [nameIn(said, namespaceName), seenOf(nameIn(here, namespace), before.standing, after.standing, after.refused.has(`${here.kind} ${here.metadata.name}`))]));
  return compared(it.title, plan, seen);
}
