import { rmSync } from "node:fs";
import { must, type Drill } from "./drill";
import { lost, objectsIn } from "./census";
import { SPOKE } from "./lab";

/** The generator of a cluster's ApplicationSet finds nothing. */
export const emptyGenerator: Drill = {
  name: "empty-generator",
  says: "an ApplicationSet whose generator finds nothing deletes no Application, and so nothing of theirs",
  async perform(scene) {
    const before = await scene.argoUids();
    const notes = await objectsIn(scene.spoke, "notes");
    rmSync(scene.file(`argocd/releases/${SPOKE}`), { recursive: true });
    const commit = await scene.push("No parameters");
    // The hub's own Applications have seen the commit, and the spoke's go on as they were.
    await scene.settled(commit, ["hub-argocd", "spoke-notes", "spoke-ledger"]);
    must((await scene.argoUids()) === before, "an Application went with its parameter file");
    must(lost(notes, await objectsIn(scene.spoke, "notes")).length === 0, "an app's objects went with its parameter file");

    await scene.follow("recovery.md", "Bring back what left git");
    await scene.looked();
    await scene.settled(scene.head());
    must((await scene.argoUids()) === before, "an Application was made anew");
  },
};
