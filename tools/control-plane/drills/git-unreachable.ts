import { place } from "../../../engine/model/placement";
import { keeper, ledger } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

/** The git server is away, and something has been committed when it comes back. */
export const gitUnreachable: Drill = {
  name: "git-unreachable",
  says: "while git cannot be reached everything stays, and afterwards Argo CD catches up",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "notes");
    const commit = await scene.withoutGit(async () => {
      const made = await scene.announce(drillLab({ spoke: { runs: [place(keeper("notes"), { settings: { memory: "256Mi" } }), place(ledger)] } }), "More memory for notes");
      await scene.shows("spoke-notes", "told that git is away", ({ sync, causes }) => sync === "Unknown" && causes.some((cause) => cause.startsWith("ComparisonError")));
      const gone = lost(before, await objectsIn(scene.spoke, "notes"));
      must(gone.length === 0, `without git, ${gone.join(", ")}`);
      return made;
    });
    await scene.looked();
    await scene.settled(commit);
    must(lost(before, await objectsIn(scene.spoke, "notes")).length === 0, "an object was made anew");
  },
};
