import { rmSync } from "node:fs";
import { place } from "../../../engine/model/placement";
import { ledger } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

/** The folder of one app is removed by hand, with its parameter file and without it, and restored. */
export const appFolderRemoved: Drill = {
  name: "app-folder-removed",
  says: "an app's folder removed from git takes nothing from the cluster, and comes back by a revert",
  async perform(scene) {
    must(scene.refusedFor(drillLab({ spoke: { runs: [place(ledger)] } })).includes("release-retired"), "synth drops an app's folder without a word");
    const before = await objectsIn(scene.spoke, "notes");
    for (const gone of [["dist/spoke/notes"], ["dist/spoke/notes", "argocd/releases/spoke/notes.yaml"]]) {
      for (const file of gone) rmSync(scene.file(file), { recursive: true });
      await scene.push(`Without ${gone.join(" and ")}`);
      await scene.shows("spoke-notes", "told that its folder is gone", ({ causes }) => causes.some((cause) => cause.includes("app path does not exist")));
      const after = await objectsIn(scene.spoke, "notes");
      must(lost(before, after).length === 0, `with ${gone.join(" and ")} went ${lost(before, after).join(", ")}`);
      await scene.follow("recovery.md", "Bring back what left git");
      await scene.looked();
      await scene.settled(scene.head());
    }
    const after = await objectsIn(scene.spoke, "notes");
    must(lost(before, after).length === 0, `the revert has replaced ${lost(before, after).join(", ")}`);
  },
};
