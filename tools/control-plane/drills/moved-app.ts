import { retire, type Retired } from "../../../engine/model/cluster";
import { place } from "../../../engine/model/placement";
import { keeper, ledger } from "./apps";
import { lost, objectsIn, volumesIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

const CLAIM = "spoke: PersistentVolumeClaim notes/notes-data";

/** An app moves from the spoke to the hub, and its data is deleted here once it is there: step by step, as documented. */
export const movedApp: Drill = {
  name: "moved-app",
  says: "an app moved to another cluster leaves its data until each documented step has been taken",
  async perform(scene, deleted) {
    const lab = (how: Pick<Retired, "app" | "data">) =>
      drillLab({ hub: { runs: [place(keeper("notes"))] }, spoke: { runs: [place(ledger)], retired: [retire(place(keeper("notes")), { because: "moved to the hub", ...how })] } });
    const before = await objectsIn(scene.spoke, "notes");
    const volumes = await volumesIn(scene.spoke, "notes");
    const left = async (): Promise<readonly string[]> => lost(before, await objectsIn(scene.spoke, "notes"));

    const moved = await scene.publish(lab({ app: "delete", data: "keep" }), "notes move to the hub");
    await scene.settled(moved);
    must((await left()).includes("spoke: Deployment notes/notes is gone"), "the app still runs where it was");
    must(!(await left()).some((loss) => /Claim|Secret |Namespace/.test(loss)), `with the app went ${(await left()).join(", ")}`);
    must((await objectsIn(scene.hub, "notes")).has("hub: PersistentVolumeClaim notes/notes-data"), "there is no claim where it moved to");

    await scene.settled(await scene.publish(lab({ app: "delete", data: "unguard" }), "What notes kept may go"));
    must(!(await left()).some((loss) => /Claim/.test(loss)), "the claim went when its guards did");
    deleted([...before.keys(), ...volumes]);
    await scene.settled(await scene.publish(lab({ app: "delete", data: "delete" }), "What notes kept goes"));
    await scene.gone(scene.spoke, { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { namespace: "notes", name: "notes-data" } });
    must((await left()).includes(`${CLAIM} is gone`), "the claim is still there");

    await scene.publish(lab({ app: "orphan", data: "delete" }), "Nothing of notes is left");
    await scene.follow("recovery.md", "Remove an Application that is left over", { notes: "notes" });
    await scene.follow("recovery.md", "Remove the namespace of a release that is gone", { notes: "notes" });
    await scene.gone(scene.spoke, { apiVersion: "v1", kind: "Namespace", metadata: { name: "notes" } });
    await scene.looked();
    must((await objectsIn(scene.hub, "notes")).has("hub: Deployment notes/notes"), "the app went where it moved to as well");
  },
};
