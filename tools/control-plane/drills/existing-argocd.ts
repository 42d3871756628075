import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadAll } from "js-yaml";
import { localPath } from "../../../engine/capabilities/storage/local-path";
import { image } from "../../../engine/model/image";
import type { Lab } from "../../../engine/model/lab";
import { precious } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { containerApp } from "../../../engine/workload/container-app";
import { applicationState, describeState, isSettled } from "../argocd/application";
import { startArgoCd } from "../argocd/components";
import { describeObject, kubernetesObject, type KubernetesObject } from "../kubernetes/object";
import { createRepository } from "../git/repository";
import { until } from "../processes/until";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, SPOKE } from "./lab";
import { ownersSynth } from "./owners-synth";
import { runningApp } from "./running-app";
import type { Scene } from "./scene";

const NAMESPACE = "argocd";
const ARGO = "argoproj.io/v1alpha1";

/** A lab that brings one app to a cluster where somebody else's Argo CD runs. */
function visitor(): Lab {
  const lab = drillLab();
  const guestbook = containerApp({ name: "guestbook", image: image("registry.invalid/guestbook", "1.0"), port: 8080, reach: "cluster", stores: { "/data": precious("1Gi") } });
  const clusters = lab.clusters
    .filter(({ name }) => name === SPOKE)
    .map((cluster) => {
      const local = localPath(cluster.distribution);
      return { ...cluster, provides: { storage: { precious: local, rebuildable: local } }, runs: [place(guestbook)], retired: [] };
    });
  return { ...lab, name: "visitor", clusters, gitops: { mode: "existing", hub: SPOKE, namespace: NAMESPACE, repository: new URL("visitor.git", lab.gitops.repository).href, branch: "main" } };
}

/** An Argo CD that upstream's own manifests installed, with an Application of its own, gets a lab of ours beside it. */
export const existingArgoCd: Drill = {
  name: "existing-argocd",
  says: "beside an Argo CD that is not ours, a lab with `gitops: existing` syncs and changes nothing that it does not name",
  async perform(scene) {
    await scene.withoutArgoCd(async () => {
      const stop = await theirArgoCd(scene);
      try {
        await theirApplication(scene);
        const settings = await theirs(scene);
        const legacy = await objectsIn(scene.spoke, "legacy");

        const workTree = path.join(scene.lab.testbed.processes.directory, "work-trees", "visitor");
        mkdirSync(workTree, { recursive: true });
        const lab = visitor();
        const repository = createRepository(path.join(scene.lab.testbed.processes.directory, "git"), workTree, lab.gitops.repository, "main");
        ownersSynth({ directory: workTree, importsDirectory: scene.importsDirectory }, lab);
        repository.commit("A lab beside yours");
        await scene.follow("adopting.md", "Point it at what is ours", { studio: SPOKE }, workTree);
        for (const name of ["visitor-argocd", "visitor-spoke-guestbook", "legacy"]) await settled(scene, name);

        must((await objectsIn(scene.spoke, "guestbook")).has("spoke: PersistentVolumeClaim guestbook/guestbook-data"), "our app is not there");
        const changed = differences(settings, await theirs(scene));
        must(changed.length === 0, `beside our lab, ${changed.join(", ")}`);
        const gone = lost(legacy, await objectsIn(scene.spoke, "legacy"));
        must(gone.length === 0, `beside our lab, ${gone.join(", ")}`);
      } finally {
        await stop();
      }
    });
  },
};

/** Installs Argo CD as its own manifests do, and starts it; returns what stops it and takes its objects away. */
async function theirArgoCd(scene: Scene): Promise<() => Promise<void>> {
  const { testbed } = scene.lab;
  const { client } = scene.spoke.api;
  const manifests = loadAll(readFileSync(testbed.binaries.argocdInstallation, "utf8")).map((document) => kubernetesObject.parse(document));
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  for (const manifest of manifests) await client.apply(await inTheirNamespace(scene, manifest));
  // Its init container makes it: https://github.com/argoproj/argo-cd/blob/v3.5.7/cmd/argocd/commands/admin/redis_initial_password.go
  await client.apply({ apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-redis", namespace: NAMESPACE }, ...{ stringData: { auth: "made-by-its-init-container" } } });
  await until({ what: "Argo CD's kinds to be served", timeoutSeconds: 60, everyMilliseconds: 300 }, async () => ((await client.rediscover()).has(`${ARGO} Application`) ? true : undefined));
  const theirs = await startArgoCd(testbed, scene.spoke, NAMESPACE, [new URL(drillLab().gitops.repository).hostname]);
  return async () => {
    for (const process of [...theirs.processes.values()].reverse()) await process.stop("SIGKILL");
    for (const kind of ["Application", "ApplicationSet"]) for (const object of await client.list(ARGO, kind, NAMESPACE)) await client.delete(object);
    await client.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  };
}

/** kubectl's `-n argocd`: the manifests name no namespace, except where roles are bound. */
async function inTheirNamespace(scene: Scene, manifest: KubernetesObject): Promise<KubernetesObject> {
  const isNamespaced = await scene.spoke.api.client.isNamespaced(manifest.apiVersion, manifest.kind);
  return isNamespaced ? { ...manifest, metadata: { ...manifest.metadata, namespace: NAMESPACE } } : manifest;
}

/** Somebody's Application in the default project, with something to lose. */
async function theirApplication(scene: Scene): Promise<void> {
  const repoURL = scene.otherRepository("legacy", { "legacy.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: runningApp("legacy") }) });
  await until({ what: "the default project", timeoutSeconds: 60, everyMilliseconds: 300 }, () => scene.spoke.api.client.get({ apiVersion: ARGO, kind: "AppProject", metadata: { namespace: NAMESPACE, name: "default" } }));
  await scene.spoke.api.client.apply({
    apiVersion: ARGO,
    kind: "Application",
    metadata: { name: "legacy", namespace: NAMESPACE },
    ...{ spec: { project: "default", source: { repoURL, path: ".", targetRevision: "main" }, destination: { server: "https://kubernetes.default.svc", namespace: "legacy" }, syncPolicy: { automated: { prune: true, selfHeal: true } } } },
  });
  await settled(scene, "legacy");
}

/** Waits until one of their Argo CD's Applications is Synced and Healthy. */
async function settled(scene: Scene, name: string): Promise<void> {
  await until({ what: `${name} in somebody else's Argo CD`, timeoutSeconds: 240, everyMilliseconds: 500 }, async () => {
    const found = await scene.spoke.api.client.get({ apiVersion: ARGO, kind: "Application", metadata: { namespace: NAMESPACE, name } });
    if (found === undefined) throw new Error("it is not there");
    const state = applicationState(found);
    if (!isSettled(state)) throw new Error(describeState(state));
    return true;
  });
}

/** What somebody said of their Argo CD, by object: everything but what Argo CD itself writes there. */
async function theirs({ spoke: { api } }: Scene): Promise<ReadonlyMap<string, string>> {
  const kinds = [...["ConfigMap", "Secret", "ServiceAccount"].map((kind) => ["v1", kind] as const), ...["Deployment", "StatefulSet"].map((kind) => ["apps/v1", kind] as const), ...["AppProject", "Application", "ApplicationSet"].map((kind) => [ARGO, kind] as const)];
  const objects = (await Promise.all(kinds.map(([apiVersion, kind]) => api.client.list(apiVersion, kind, NAMESPACE)))).flat();
  return new Map(
    objects.map((object) => {
      const { metadata, status: _status, operation: _operation, ...said } = object;
      return [describeObject(object), JSON.stringify({ uid: metadata.uid, labels: metadata.labels, annotations: metadata.annotations, said })];
    }),
  );
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before].filter(([name, said]) => after.get(name) !== said).map(([name]) => `${name} ${after.has(name) ? "was changed" : "is gone"}`);
}
