import { fieldOf, groupOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { listAt } from "../list-at";

/** Versions of a custom kind. https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/ */
export const definition: Rule = {
  name: "custom-resource-definition",
  judge: (change, context) => {
    const { kind, before, after, fate } = change;
    if (kind !== "CustomResourceDefinition" || fate !== "apply" || !before || !after) return [];
    return listAt(before, "spec", "versions").flatMap((version) => versionVerdicts(change, context, String(fieldOf(version, "name")), fieldOf(version, "storage") === true, fieldOf(version, "served") === true));
  },
};

function versionVerdicts(change: ObjectChange, context: Context, name: string, stored: boolean, served: boolean): readonly Verdict[] {
  const now = listAt(change.after, "spec", "versions").find((it) => fieldOf(it, "name") === name);
  const field = `spec.versions[${name}]`;
  if (now === undefined && stored) return [{ effect: "data at risk", field, refused: true, says: `objects are stored as ${name}: the API server refuses to drop it as long as status.storedVersions names it, and the sync fails; objects that were not migrated before could not be read after` }];
  const gone = served && fieldOf(now, "served") !== true;
  if (!gone) return fieldOf(now, "storage") !== true && stored ? [{ effect: "live change", field, says: `objects are stored in another version from now on; those that exist stay as ${name} until they are written again` }] : [];
  const users = usersOf(change, context, name);
  return [{ effect: "outage", field, says: `${name} is served no more: whoever asks for it is refused${users.length ? `, and so is the sync of ${users.join(", ")}` : ""}` }];
}

/** Releases whose objects still say the version. */
function usersOf({ cluster, after }: ObjectChange, { after: neighbourhood }: Context, version: string): readonly string[] {
  const isOf = (manifest: Manifest) => groupOf(manifest) === fieldOf(after, "spec", "group") && manifest.kind === fieldOf(after, "spec", "names", "kind") && manifest.apiVersion.endsWith(`/${version}`);
  return [...new Set(neighbourhood.objectsOn(cluster).filter(({ manifest }) => isOf(manifest)).map(({ address }) => address))];
}
