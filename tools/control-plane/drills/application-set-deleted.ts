import { until } from "../processes/until";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { SPOKE } from "./lab";
import type { Scene } from "./scene";

/** Somebody deletes a cluster's ApplicationSet, and then the Application that would make it again as well. */
export const applicationSetDeleted: Drill = {
  name: "application-set-deleted",
  says: "an ApplicationSet that is deleted takes no object along; it and its Applications are made again",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "notes");
    for (const rootToo of [false, true]) {
      const set = await uidOf(scene, "ApplicationSet", SPOKE);
      if (rootToo) await scene.hub.api.client.delete(scene.argo("Application", "argocd"));
      await scene.hub.api.client.delete(scene.argo("ApplicationSet", SPOKE));
      if (rootToo) await scene.follow("recovery.md", "Make Argo CD's own objects again");
      await until({ what: "the ApplicationSet to be made again", timeoutSeconds: 240, everyMilliseconds: 300 }, async () => {
        const now = await uidOf(scene, "ApplicationSet", SPOKE);
        return now !== undefined && now !== set ? true : undefined;
      });
      await scene.settled(scene.head());
      const gone = lost(before, await objectsIn(scene.spoke, "notes"));
      must(gone.length === 0, `with the ApplicationSet${rootToo ? " and the root Application" : ""}, ${gone.join(", ")}`);
    }
  },
};

async function uidOf(scene: Scene, kind: "Application" | "ApplicationSet", name: string): Promise<string | undefined> {
  return (await scene.hub.api.client.get(scene.argo(kind, name)))?.metadata.uid;
}
