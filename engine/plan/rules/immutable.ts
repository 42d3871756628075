import { kindOf, nameOfKind } from "../../kinds/kind";
import { fieldOf, groupOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { isUnder, pathText, type FieldChange } from "../field-change";
import { listAt } from "../list-at";
import { defaults, immutableFields, mutableInSpec } from "./immutable-fields";

/**
 * A field that never changes: the API server refuses the whole object, and its Application stops syncing. Only deleting the
 * object by hand and letting it be made anew gets there. What that means for data is the rule's of the kind that holds it.
 */
export const immutable: Rule = {
  name: "immutable-field",
  judge: (change, context) => {
    if (change.fate !== "apply" || change.kind === "PersistentVolumeClaim") return [];
    return change.fields.filter((field) => isRefused(change, field, context)).map((field): Verdict => ({ effect: "recreate", field: pathText(field.path), refused: true, says: says(change) }));
  },
};

const says = ({ kind }: ObjectChange): string =>
  kind === "StatefulSet"
    ? "the API server refuses it, and the sync fails; deleted by hand with --cascade=orphan it is made anew around its pods and claims, which stay as they are"
    : "the API server refuses it, and the sync fails; it has to be deleted by hand to be made anew";

/** Whether the API server refuses an object for a field that differs. */
export function isRefused(change: ObjectChange, field: FieldChange, context: Context): boolean {
  const { before } = change;
  if (before === undefined) return false;
  const kind = nameOfKind(kindOf(before));
  if (isDefault(kind, field)) return false;
  const mutable = mutableInSpec[kind];
  if (mutable !== undefined) return field.path[0] === "spec" && !mutable.some((path) => isUnder(field.path, "spec", ...path));
  if (kind === "batch/Job" && fieldOf(before, "spec", "suspend") === true && scheduling.some((path) => isUnder(field.path, "spec", "template", ...path))) return false;
  if ((kind === "/Secret" || kind === "/ConfigMap") && fieldOf(before, "immutable") === true) return ["data", "stringData", "binaryData", "immutable", "type"].includes(field.path[0] ?? "");
  const known = immutableFields[kind];
  if (known !== undefined) return known.fields.some((path) => isUnder(field.path, ...path)) && !(known.filledIn && staysFilledIn(change, field));
  return frozenPaths(before, change, context).some((path) => isUnder(field.path, ...path));
}

/** What of a Job may still change while it is suspended and has not begun (validatePodTemplateUpdate in pkg/apis/batch/validation). */
const scheduling = [["metadata"], ["spec", "nodeSelector"], ["spec", "tolerations"], ["spec", "affinity"], ["spec", "schedulingGates"]] as const;

const isDefault = (kind: string, { path, before, after }: FieldChange): boolean => {
  const value = defaults[`${kind} ${path.join(".")}`];
  return value !== undefined && (before ?? value) === (after ?? value);
};

/** A Service keeps what it was given, may get what it did not have, and gives it all up when it becomes a mere name. */
function staysFilledIn({ before, after }: ObjectChange, field: FieldChange): boolean {
  if (fieldOf(before, "spec", "type") === "ExternalName" || fieldOf(after, "spec", "type") === "ExternalName") return true;
  if (field.path[1] === "loadBalancerClass") return fieldOf(before, "spec", "type") !== fieldOf(after, "spec", "type");
  if (field.after === undefined) return true;
  // Nothing was said, and an address was given: saying "None", or another one, is a change.
  return field.before === undefined && field.path[1] !== "clusterIP" && field.path[1] !== "clusterIPs";
}

/** Paths that a kind's own definition keeps as they are: `self == oldSelf` in x-kubernetes-validations. */
function frozenPaths(manifest: Manifest, { cluster }: ObjectChange, { after }: Context): readonly (readonly string[])[] {
  const version = manifest.apiVersion.split("/").at(-1);
  const definition = after.objectsOn(cluster).find(({ manifest: it }) => it.kind === "CustomResourceDefinition" && fieldOf(it, "spec", "group") === groupOf(manifest) && fieldOf(it, "spec", "names", "kind") === manifest.kind);
  const schema = listAt(definition?.manifest, "spec", "versions").find((it) => fieldOf(it, "name") === version);
  return frozenIn(fieldOf(schema, "schema", "openAPIV3Schema"), []);
}

function frozenIn(schema: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (listAt(schema, "x-kubernetes-validations").some((it) => fieldOf(it, "rule") === "self == oldSelf")) return [path];
  const properties = fieldOf(schema, "properties");
  return typeof properties === "object" && properties !== null ? Object.entries(properties).flatMap(([name, inner]) => frozenIn(inner, [...path, name])) : [];
}
