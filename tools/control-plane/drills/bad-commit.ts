import { readFileSync, writeFileSync } from "node:fs";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";

const FILE = "dist/spoke/notes/deployment.notes.yaml";

/** Somebody edits dist/ by hand, and the API server does not take it; others go on, and the revert is synced by itself. */
export const badCommit: Drill = {
  name: "bad-commit",
  says: "a commit with an invalid object changes nothing of its app, stops no other, and its revert is synced by itself",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "notes");
    writeFileSync(scene.file(FILE), readFileSync(scene.file(FILE), "utf8").replace("replicas: 1", "replicas: -1"));
    const bad = await scene.push("An invalid object");
    const refused = () => scene.shows("spoke-notes", "refused by the API server", ({ causes }) => causes.some((cause) => cause.includes("spec.replicas")));
    await refused();
    await scene.settled(bad, ["spoke-ledger", "hub-argocd"]);
    const gone = lost(before, await objectsIn(scene.spoke, "notes"));
    must(gone.length === 0, `with the bad commit, ${gone.join(", ")}`);
    // Looking without being asked, it may take for compared what it could not compare.
    await scene.looked();
    await refused();

    await scene.follow("recovery.md", "Bring back what left git");
    await scene.looked();
    await scene.settled(scene.head());
    must(lost(before, await objectsIn(scene.spoke, "notes")).length === 0, "an object was made anew");
  },
};
