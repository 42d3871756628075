import { kindOf, nameOfKind } from "../../kinds/kind";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { pathText } from "../field-change";
import { bytesIn } from "../quantity";

/** Custom resources whose operator makes claims from a template, and leaves those that exist as they are. https://prometheus-operator.dev/docs/platform/storage/#resizing-volumes */
const keepsClaims: ReadonlySet<string> = new Set(["monitoring.coreos.com/Prometheus", "monitoring.coreos.com/Alertmanager"]);
const template = ["spec", "storage", "volumeClaimTemplate", "spec"];
const sizePath = [...template, "resources", "requests", "storage"];

/** A template that asks for another size makes new claims of that size: the volumes that hold the data do not follow. */
export const operatedClaims: Rule = {
  name: "operated-claims",
  judge: (change, context) => {
    const { before, after, fate } = change;
    if (fate !== "apply" || !before || !after || !keepsClaims.has(nameOfKind(kindOf(after)))) return [];
    const [was, is] = [before, after].map((it) => bytesIn(fieldOf(it, ...sizePath)));
    const resized = was !== undefined && is !== undefined && was !== is ? [sized(change, is > was, context)] : [];
    return [...resized, ...reclassed(before, after), ...(was !== undefined && is === undefined ? [forgotten] : [])];
  },
};

/** Nothing is stored any more: https://prometheus-operator.dev/docs/platform/storage/ */
const forgotten: Verdict = { effect: "outage", field: "spec.storage", says: "its pods start empty and keep nothing; claims that exist stay, and no pod mounts them" };

function reclassed(before: Manifest, after: Manifest): readonly Verdict[] {
  const path = [...template, "storageClassName"];
  const [was, is] = [before, after].map((it) => fieldOf(it, ...path));
  return was === is || is === undefined ? [] : [{ effect: "live change", field: pathText(path), says: `volumes that exist stay on ${String(was)}; to move them, each has to be copied, deleted and made anew` }];
}

function sized({ after, cluster }: ObjectChange, grows: boolean, { after: side }: Context): Verdict {
  const field = pathText(sizePath);
  if (!grows) return { effect: "outage", field, says: "volumes that exist stay as large as they are, and new ones are smaller" };
  const name = fieldOf(after, ...template, "storageClassName");
  const storageClass = side.objectsOn(cluster).find(({ manifest }) => manifest.kind === "StorageClass" && manifest.metadata.name === name);
  const way = fieldOf(storageClass?.manifest, "allowVolumeExpansion") === true ? "each claim has to be enlarged by hand (kubectl patch pvc)" : `${String(name)} lets no volume grow, so that each has to be copied, deleted and made anew`;
  return { effect: "outage", field, says: `volumes that exist stay as large as they are, and fill up at their old size: ${way}` };
}
