import { retire } from "../../../engine/model/cluster";
import { place, type Adopt } from "../../../engine/model/placement";
import { keeper, ledger } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

/** What a release keeps of what it was called before. */
const asBefore: Adopt = {
  namespace: "notes",
  names: Object.fromEntries(
    ["Deployment/notebook", "Service/notebook", "PersistentVolumeClaim/notebook-data", "ExternalSecret/notebook-key", "Secret/notebook-key", "Password/notebook-key", "NetworkPolicy/notebook-release"].map((name) => [
      name,
      name.replace(/^\w+\/notebook/, "notes"),
    ]),
  ),
  selectors: { notes: { "app.kubernetes.io/name": "notes", "app.kubernetes.io/instance": "notes", "app.kubernetes.io/component": "notes" } },
};

/** A release gets another name, first without and then with what it has to keep. */
export const renamedApp: Drill = {
  name: "renamed-app",
  says: "a renamed app is refused until the old name is retired, and keeps every object by the documented steps",
  async perform(scene) {
    const bare = drillLab({ spoke: { runs: [place(keeper("notes"), { as: "notebook" }), place(ledger)] } });
    must(scene.refusedFor(bare).includes("release-retired"), "synth lets a name go without a word");
    const before = await objectsIn(scene.spoke, "notes");
    const renamed = drillLab({
      spoke: { runs: [place(keeper("notes"), { as: "notebook", adopt: asBefore }), place(ledger)], retired: [retire(place(keeper("notes")), { because: "now called notebook", app: "orphan", data: "keep" })] },
    });
    const commit = await scene.publish(renamed, "notes are called notebook");
    await scene.settled(commit, ["spoke-notebook"]);
    await scene.follow("recovery.md", "Remove an Application that is left over", { notes: "notes" });
    await scene.gone(scene.hub, scene.argo("Application", "spoke-notes"));
    await scene.looked();
    await scene.settled(commit);
    const after = await objectsIn(scene.spoke, "notes");
    must(lost(before, after).length === 0, `with the name, ${lost(before, after).join(", ")}`);
    must([...after.keys()].every((name) => before.has(name)), `beside the old ones stand ${[...after.keys()].filter((name) => !before.has(name)).join(", ")}`);
  },
};
