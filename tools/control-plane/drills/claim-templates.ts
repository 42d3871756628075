import { syncAgain } from "../argocd/sync-again";
import { fieldOf } from "../kubernetes/object";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import type { Scene } from "./scene";

const APPLICATION = "spoke-ledger";

/** Argo CD compares a StatefulSet with claim templates anew, and syncs it once more. */
export const claimTemplates: Drill = {
  name: "claim-templates",
  says: "a StatefulSet with claim templates is in sync, also when all is compared and synced anew, which changes nothing (argo-cd#24791, #18568)",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "ledger");
    const generation = await generationOf(scene);
    await scene.hub.api.client.patch(scene.argo("Application", APPLICATION), { metadata: { annotations: { "argocd.argoproj.io/refresh": "hard" } } });
    await scene.settled(scene.head(), [APPLICATION]);
    const failed = await syncAgain(scene.lab.argocd, [APPLICATION], 120);
    must(failed.length === 0, failed.join("; "));
    await scene.looked();
    await scene.settled(scene.head(), [APPLICATION]);
    must((await generationOf(scene)) === generation, "the second sync has changed the StatefulSet");
    const gone = lost(before, await objectsIn(scene.spoke, "ledger"));
    must(gone.length === 0, `with the second sync, ${gone.join(", ")}`);
  },
};

async function generationOf(scene: Scene): Promise<number> {
  const live = await scene.spoke.api.client.get({ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { namespace: "ledger", name: "ledger" } });
  must(Array.isArray(fieldOf(live, "spec", "volumeClaimTemplates")), "the StatefulSet has no claim templates");
  return Number(fieldOf(live, "metadata", "generation"));
}
