import { place } from "../../../engine/model/placement";
import { forgetful, keeper } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, standing } from "./lab";

/** An app that kept nothing is given something to keep, and later forgets about it. */
export const firstPreciousStore: Drill = {
  name: "first-precious-store",
  says: "an app gets its first precious store without being replaced, and the store stays when it is taken away",
  async perform(scene) {
    await scene.bring(drillLab({ spoke: { runs: [...standing, place(forgetful("hello"))] } }), "hello, without a store");
    const without = await objectsIn(scene.spoke, "hello");
    await scene.bring(drillLab({ spoke: { runs: [...standing, place(keeper("hello"))] } }), "hello keeps something");
    const keeps = await objectsIn(scene.spoke, "hello");
    must(lost(without, keeps).length === 0, `for the store, ${lost(without, keeps).join(", ")}`);
    must(keeps.has("spoke: PersistentVolumeClaim hello/hello-data"), "there is no claim");

    const commit = await scene.publish(drillLab({ spoke: { runs: [...standing, place(forgetful("hello"))] } }), "hello forgets");
    await scene.syncedOnce("spoke-hello", commit);
    const after = await objectsIn(scene.spoke, "hello");
    must(lost(keeps, after).length === 0, `without the store, ${lost(keeps, after).join(", ")}`);
  },
};
