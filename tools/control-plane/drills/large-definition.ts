import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { ApiError } from "../kubernetes/api-error";
import { kubernetesObject, type KubernetesObject } from "../kubernetes/object";
import { must, type Drill } from "./drill";
import type { Scene } from "./scene";

/** What `kubectl apply` without --server-side writes down of an object, for its next time. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

const FOLDER = "dist/crds/argo-cd";
const DEFINITION = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "applicationsets.argoproj.io" } };
const NOTE = "drills.example/note";

/** A definition grows beyond what an annotation can hold. */
export const largeDefinition: Drill = {
  name: "large-definition",
  says: "a definition that is too large for an annotation is synced, and is the same object as before (helm-charts#7277)",
  async perform(scene) {
    const { client } = scene.hub.api;
    const before = await client.get(DEFINITION);
    const file = fileOf(scene);
    const committed = kubernetesObject.parse(load(readFileSync(file, "utf8")));
    const larger: KubernetesObject = { ...committed, metadata: { ...committed.metadata, annotations: { ...committed.metadata.annotations, [NOTE]: "larger ".repeat(200) } } };
    must(await isTooLong(scene, larger), "the API server takes even an annotation with the whole definition: it is not large");

    writeFileSync(file, JSON.stringify(larger));
    await scene.settled(await scene.push("A larger definition"), ["hub-crds-argo-cd", "spoke-notes"]);
    const after = await client.get(DEFINITION);
    must(after?.metadata.annotations?.[NOTE]?.startsWith("larger") === true, "the definition is not the one that was committed");
    must(after.metadata.annotations[LAST_APPLIED] === undefined, "the whole definition stands in one of its annotations");
    must(after.metadata.uid === before?.metadata.uid, "the definition was made anew");
  },
};

function fileOf(scene: Scene): string {
  const [version = ""] = readdirSync(scene.file(FOLDER));
  return scene.file(path.join(FOLDER, version, `customresourcedefinition.${DEFINITION.metadata.name}.yaml`));
}

/** Whether client-side apply would be refused. */
async function isTooLong(scene: Scene, { metadata, ...rest }: KubernetesObject): Promise<boolean> {
  const annotated: KubernetesObject = { ...rest, metadata: { ...metadata, annotations: { ...metadata.annotations, [LAST_APPLIED]: JSON.stringify({ metadata, ...rest }) } } };
  try {
    await scene.hub.api.client.apply(annotated, { dryRun: true });
    return false;
  } catch (cause) {
    if (cause instanceof ApiError && cause.message.includes("Too long")) return true;
    throw cause;
  }
}
