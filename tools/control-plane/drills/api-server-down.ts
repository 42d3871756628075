import { place } from "../../../engine/model/placement";
import { forgetful, keeper, ledger } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

/** The spoke's API server is away while its apps are changed in git. */
export const apiServerDown: Drill = {
  name: "api-server-down",
  says: "while a cluster's API server is away the others are synced, and afterwards it gets what it missed",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "notes");
    const changed = drillLab({ hub: { runs: [place(forgetful("memos"))] }, spoke: { runs: [place(keeper("notes"), { settings: { memory: "192Mi" } }), place(ledger)] } });
    const commit = await scene.withoutSpoke(async () => {
      const made = await scene.announce(changed, "More memory for notes, and memos on the hub");
      await scene.settled(made, ["hub-memos", "hub-argocd"]);
      await scene.shows("spoke-notes", "told that its cluster is away", ({ causes }) => causes.length > 0);
      return made;
    });
    await scene.looked();
    await scene.settled(commit);
    must(lost(before, await objectsIn(scene.spoke, "notes")).length === 0, "an object was made anew");
  },
};
