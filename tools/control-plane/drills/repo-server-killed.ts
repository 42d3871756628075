import { place } from "../../../engine/model/placement";
import { fieldOf } from "../kubernetes/object";
import { until } from "../processes/until";
import { keeper, ledger } from "./apps";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { drillLab } from "./lab";

const edition = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "ledger", name: "edition" } };

/** The repo-server dies between two waves of a sync, and a kubelet starts it again. */
export const repoServerKilled: Drill = {
  name: "repo-server-killed",
  says: "a sync during which the repo-server dies is finished, and replaces nothing",
  async perform(scene) {
    const before = await objectsIn(scene.spoke, "ledger");
    // Nobody plays the kubelets now: the new pods of the first wave do not come up, and the sync stands between its waves.
    const kubelets = scene.lab.testbed.processes.named("spoke-kwok");
    kubelets.signal("SIGSTOP");
    try {
      const commit = await scene.publish(drillLab({ spoke: { runs: [place(keeper("notes")), place(ledger, { settings: { edition: "second" } })] } }), "A second edition");
      await scene.shows("spoke-ledger", "in the middle of its sync", ({ phase }) => phase === "Running");
      await until({ what: "the first wave", timeoutSeconds: 60, everyMilliseconds: 200 }, async () => {
        const live = await scene.spoke.api.client.get({ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { namespace: "ledger", name: "ledger" } });
        return JSON.stringify(fieldOf(live, "spec", "template")).includes('"second"') ? true : undefined;
      });
      must(fieldOf(await scene.spoke.api.client.get(edition), "data", "edition") === "first", "the second wave came before the first was healthy");

      await scene.restarted("repo-server", async () => {
        await scene.hub.api.client.patch(scene.argo("Application", "spoke-notes"), { metadata: { annotations: { "argocd.argoproj.io/refresh": "hard" } } });
        await scene.shows("spoke-notes", "told that nobody reads git", ({ causes }) => causes.some((cause) => cause.startsWith("ComparisonError")));
        const gone = lost(before, await objectsIn(scene.spoke, "ledger"));
        must(gone.length === 0, `without a repo-server, ${gone.join(", ")}`);
      });
      kubelets.signal("SIGCONT");
      await scene.looked();
      await scene.settled(commit);
      must(fieldOf(await scene.spoke.api.client.get(edition), "data", "edition") === "second", "the second wave never came");
      must(lost(before, await objectsIn(scene.spoke, "ledger")).length === 0, "an object was made anew");
    } finally {
      kubelets.signal("SIGCONT");
    }
  },
};
