import { writeFileSync } from "node:fs";
import path from "node:path";
import { fieldOf } from "../kubernetes/object";
import { until } from "../processes/until";
import { ownersShell } from "../run/owners-shell";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, SPOKE, standing } from "./lab";
import { adopting, releaseIn, runningApp } from "./running-app";
import type { Scene } from "./scene";

/** An app that somebody applied by hand. */
export const adoptedFromKubectl: Drill = {
  name: "adopted-kubectl",
  says: "an app made by kubectl is taken over with every UID the same, and nothing of the old one left in its pods",
  async perform(scene) {
    await install(scene, "by-hand", "kubectl --context spoke apply -f");
    await takenOver(scene, "by-hand");
  },
};

/** An app that Helm installed: it creates objects as the field manager "helm", and keeps a record of them in a Secret. */
export const adoptedFromHelm: Drill = {
  name: "adopted-helm",
  says: "an app made as Helm makes it is taken over with every UID the same, and its record goes alone",
  async perform(scene, deleted) {
    const namespace = "by-helm";
    await install(scene, namespace, "kubectl --context spoke create --save-config=false --field-manager=helm -f");
    const record = { apiVersion: "v1", kind: "Secret", metadata: { name: "sh.helm.release.v1.webui.v1", namespace, labels: { owner: "helm", name: "webui" } }, type: "helm.sh/release.v1", stringData: { release: "record" } };
    await scene.spoke.api.client.apply(record);
    deleted([`spoke: Secret ${namespace}/${record.metadata.name}`]);
    await takenOver(scene, namespace, "helm", async () => {
      await scene.follow("adopting.md", "Forget a Helm release", { RELEASE: "webui", ai: namespace });
    });
  },
};

/** An app that another Application of the same Argo CD syncs, with a finalizer that would take everything along. */
export const adoptedFromApplication: Drill = {
  name: "adopted-application",
  says: "an app of another Application is taken over with every UID the same, and that Application goes without them",
  async perform(scene) {
    const namespace = "by-argo";
    const repository = scene.otherRepository("webui", { "webui.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: runningApp(namespace) }) });
    const project = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: "others", namespace: "argocd" }, spec: { sourceRepos: ["*"], destinations: [{ name: "*", server: "*", namespace: "*" }], clusterResourceWhitelist: [{ group: "*", kind: "*" }] } };
    const application = {
      ...scene.argo("Application", "webui"),
      metadata: { name: "webui", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
      spec: { project: "others", source: { repoURL: repository, path: ".", targetRevision: "main" }, destination: { name: SPOKE, namespace }, syncPolicy: { automated: { prune: true, selfHeal: true } } },
    };
    await scene.hub.api.client.apply(project);
    await scene.hub.api.client.apply(application);
    await scene.shows("webui", "synced", ({ sync, health }) => sync === "Synced" && health === "Healthy");
    await takenOver(scene, namespace, "argocd-controller", async () => {
      await scene.follow("adopting.md", "Remove another Application, without its objects", { NAME: "webui" });
      await scene.gone(scene.hub, application);
    });
    await scene.hub.api.client.delete(project);
  },
};

/** Installs the app with a command that takes a file, and waits until it runs. */
async function install(scene: Scene, namespace: string, command: string): Promise<void> {
  const { testbed, clusters } = scene.lab;
  const file = path.join(testbed.processes.directory, `${namespace}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: runningApp(namespace) }));
  await ownersShell({ testbed, clusters, workTree: testbed.processes.directory }, `${command} ${file}`);
}

/** Takes the app over by the documented steps, and compares every UID. */
async function takenOver(scene: Scene, namespace: string, writtenBy?: string, handOver: () => Promise<void> = async () => undefined): Promise<void> {
  const { client } = scene.spoke.api;
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { namespace, name: "webui" } };
  await until({ what: "the running app", timeoutSeconds: 60, everyMilliseconds: 300 }, async () => (fieldOf(await client.get(deployment), "status", "readyReplicas") === 1 ? true : undefined));
  const before = await objectsIn(scene.spoke, namespace);

  await handOver();
  await scene.follow("adopting.md", "Let the old pod stop first", { ai: namespace });
  await scene.bring(drillLab({ spoke: { runs: [...standing, adopting(namespace, writtenBy)] } }), `webui of ${namespace} is ours`);
  const gone = lost(before, await objectsIn(scene.spoke, namespace)).filter((loss) => !loss.includes("sh.helm.release"));
  must(gone.length === 0, `when it was taken over, ${gone.join(", ")}`);

  const template = fieldOf(await client.get(deployment), "spec", "template", "spec");
  const names = (field: string): string => JSON.stringify([fieldOf(template, field)].flat().map((each) => fieldOf(each, "name")));
  must(names("containers") === '["open-webui"]', `its pods have the containers ${names("containers")}`);
  must(names("volumes") === '["webui-storage"]' || names("volumes") === JSON.stringify([`${releaseIn(namespace)}-data`]), `its pods have the volumes ${names("volumes")}`);
  must(!JSON.stringify(template).includes("OLD"), "its pods still have an environment variable that only the old one had");
}
