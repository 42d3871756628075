import { retire } from "../../../engine/model/cluster";
import { place, type Adopt } from "../../../engine/model/placement";
import { keeper } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, standing } from "./lab";

/** What a release keeps of what it was called before. */
const asBefore: Adopt = {
  namespace: "diary",
  // Its ExternalSecret stays, and with it the value.
  secrets: { key: "kept" },
  names: Object.fromEntries(
    ["Deployment/journal", "Service/journal", "PersistentVolumeClaim/journal-data", "ExternalSecret/journal-key", "Secret/journal-key", "Password/journal-key", "NetworkPolicy/journal-release"].map((name) => [
      name,
      name.replace(/^\w+\/journal/, "diary"),
    ]),
  ),
  selectors: { diary: { "app.kubernetes.io/name": "diary", "app.kubernetes.io/instance": "diary", "app.kubernetes.io/component": "diary" } },
};

/** A release gets another name, first without and then with what it has to keep. */
export const renamedApp: Drill = {
  name: "renamed-app",
  says: "a renamed app is refused until the old name is retired, and keeps every object by the documented steps",
  async perform(scene) {
    await scene.bring(drillLab({ spoke: { runs: [...standing, place(keeper("diary"))] } }), "A diary");
    const bare = drillLab({ spoke: { runs: [place(keeper("diary"), { as: "journal" }), ...standing] } });
    must(scene.refusedFor(bare).includes("release-retired"), "synth lets a name go without a word");
    const before = await objectsIn(scene.spoke, "diary");
    const renamed = drillLab({
      spoke: { runs: [place(keeper("diary"), { as: "journal", adopt: asBefore }), ...standing], retired: [retire(place(keeper("diary")), { because: "now called journal", app: "orphan", data: "keep" })] },
    });
    const commit = await scene.publish(renamed, "the diary is called a journal");
    await scene.settled(commit, ["spoke-journal"]);
    await scene.follow("recovery.md", "Remove an Application that is left over", { notes: "diary" });
    await scene.gone(scene.hub, scene.argo("Application", "spoke-diary"));
    await scene.looked();
    await scene.settled(commit);
    const after = await objectsIn(scene.spoke, "diary");
    must(lost(before, after).length === 0, `with the name, ${lost(before, after).join(", ")}`);
    must([...after.keys()].every((name) => before.has(name)), `beside the old ones stand ${[...after.keys()].filter((name) => !before.has(name)).join(", ")}`);
  },
};
