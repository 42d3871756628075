import { retire, type Retired } from "../../../engine/model/cluster";
import { place } from "../../../engine/model/placement";
import { keeper } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, standing } from "./lab";

/** An app is taken out of service: impatiently, with all its data at once, and as one that runs on without us. */
export const retiredApp: Drill = {
  name: "retired-app",
  says: "a retired app loses no data that was not unguarded by an earlier commit, and an orphaned one loses nothing",
  async perform(scene) {
    const papers = place(keeper("papers"));
    const lab = (how: Pick<Retired, "app" | "data">) => drillLab({ spoke: { runs: standing, retired: [retire(papers, { because: "read", ...how })] } });
    const running = drillLab({ spoke: { runs: [...standing, papers] } });
    await scene.bring(running, "papers");
    const before = await objectsIn(scene.spoke, "papers");

    await scene.publish(lab({ app: "orphan", data: "keep" }), "papers go their own way");
    await scene.follow("recovery.md", "Remove an Application that is left over", { notes: "papers" });
    await scene.gone(scene.hub, scene.argo("Application", "spoke-papers"));
    await scene.looked();
    must(lost(before, await objectsIn(scene.spoke, "papers")).length === 0, "an orphan lost something");

    await scene.bring(running, "papers are back");
    must(lost(before, await objectsIn(scene.spoke, "papers")).length === 0, "what was there was made anew when it came back");
    const commit = await scene.publish(lab({ app: "delete", data: "delete" }), "papers go, data and all");
    await scene.syncedOnce("spoke-papers", commit);
    const gone = lost(before, await objectsIn(scene.spoke, "papers"));
    must(gone.includes("spoke: Deployment papers/papers is gone"), "a retired app still runs");
    must(!gone.some((loss) => /Claim|Secret |Namespace/.test(loss)), `without an earlier word went ${gone.join(", ")}`);
  },
};
