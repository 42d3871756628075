import { until } from "../processes/until";
import { fieldOf } from "../kubernetes/object";
import { lost, objectsIn } from "./census";
import { must, type Drill } from "./drill";
import { SPOKE } from "./lab";

/** Somebody makes a second ApplicationSet for the same Applications, without its guards, and deletes it again. */
export const sameNamedSet: Drill = {
  name: "same-named-set",
  says: "a second ApplicationSet for the same Applications gets none of them, and takes none along (argo-cd#18201)",
  async perform(scene) {
    const { client } = scene.hub.api;
    const before = await scene.argoUids();
    const notes = await objectsIn(scene.spoke, "notes");
    const ours = await client.get(scene.argo("ApplicationSet", SPOKE));
    const { syncPolicy: _guards, ...spec } = fieldOf(ours, "spec") as Readonly<Record<string, unknown>>;
    const intruder = { ...scene.argo("ApplicationSet", "intruder"), spec };
    await client.apply(intruder);
    try {
      await until({ what: "the second ApplicationSet to fail", timeoutSeconds: 120, everyMilliseconds: 300 }, async () => {
        const conditions = JSON.stringify(fieldOf(await client.get(intruder), "status", "conditions") ?? []);
        if (!/"status":"True"[^}]*"type":"ErrorOccurred"/.test(conditions)) throw new Error(conditions);
        return true;
      });
    } finally {
      await client.delete(intruder);
    }
    await scene.gone(scene.hub, intruder);
    await scene.looked();
    await scene.settled(scene.head());
    must((await scene.argoUids()) === before, "an Application went to the second ApplicationSet, or with it");
    must(lost(notes, await objectsIn(scene.spoke, "notes")).length === 0, "objects went with the second ApplicationSet");
  },
};
