import { rmSync } from "node:fs";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab, SPOKE } from "./lab";

/** Everything that git says of a cluster is removed by hand, and the commit is reverted. */
export const clusterFolderRemoved: Drill = {
  name: "cluster-folder-removed",
  says: "a cluster's folder removed from git takes nothing from the cluster, and comes back by a revert",
  async perform(scene) {
    const lab = drillLab();
    const without = { ...lab, clusters: lab.clusters.filter(({ name }) => name !== SPOKE) };
    must(scene.refusedFor(without).includes("cluster-retired"), "synth drops a cluster's folder without a word");

    const before = await scene.argoUids();
    const notes = await objectsIn(scene.spoke, "notes");
    for (const folder of [`dist/${SPOKE}`, `argocd/releases/${SPOKE}`]) rmSync(scene.file(folder), { recursive: true });
    for (const file of [`applicationsets/applicationset_argoproj.${SPOKE}.yaml`, `projects/appproject_argoproj.${SPOKE}.yaml`]) rmSync(scene.file(`argocd/${file}`));
    await scene.push("Without the spoke");
    await scene.shows("spoke-ledger", "told that its folder is gone", ({ causes }) => causes.some((cause) => cause.includes("app path does not exist")));
    must((await scene.argoUids()) === before, "an Application, an ApplicationSet or an AppProject went with the folder");
    const gone = lost(notes, await objectsIn(scene.spoke, "notes"));
    must(gone.length === 0, `with the folder, ${gone.join(", ")}`);

    await scene.follow("recovery.md", "Bring back what left git");
    await scene.looked();
    await scene.settled(scene.head());
    must((await scene.argoUids()) === before, "an Application, an ApplicationSet or an AppProject was made anew");
  },
};
