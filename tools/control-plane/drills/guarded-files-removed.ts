import { readdirSync, rmSync } from "node:fs";
import { HUB, SPOKE } from "./lab";
import { must, type Drill } from "./drill";
import { lost, objectsIn } from "./census";

/** Files that hold data leave the folders that Argo CD prunes: an app's, and its own. */
export const guardedFilesRemoved: Drill = {
  name: "guarded-files-removed",
  says: "files that leave a folder are pruned, but never what is guarded, and nothing of Argo CD itself",
  async perform(scene) {
    const remove = (folder: string, kinds: RegExp): void => {
      for (const file of readdirSync(scene.file(folder)).filter((name) => kinds.test(name))) rmSync(scene.file(`${folder}/${file}`));
    };
    const [notes, argocd] = await Promise.all([objectsIn(scene.spoke, "notes"), objectsIn(scene.hub, "argocd")]);
    remove(`dist/${SPOKE}/notes`, /^(persistentvolumeclaim|externalsecret|deployment|networkpolicy)/);
    remove(`dist/${HUB}/argocd`, /^(deployment|statefulset|service|configmap)/);
    const commit = await scene.push("Without what holds data");
    await scene.syncedOnce("spoke-notes", commit);
    await scene.syncedOnce("hub-argocd", commit);

    const gone = lost(notes, await objectsIn(scene.spoke, "notes"));
    must(gone.includes("spoke: Deployment notes/notes is gone"), `nothing was pruned at all: ${gone.join(", ")}`);
    must(!gone.some((loss) => /Claim|Secret|Namespace/.test(loss)), `with the files went ${gone.join(", ")}`);
    const stopped = lost(argocd, await objectsIn(scene.hub, "argocd"));
    must(stopped.length === 0, `Argo CD has pruned itself: ${stopped.join(", ")}`);

    await scene.follow("recovery.md", "Bring back what left git");
    await scene.looked();
    await scene.settled(scene.head());
  },
};
