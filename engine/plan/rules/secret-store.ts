import type { Rule } from "../change";
import { isUnder, pathText } from "../field-change";

/** Where secrets come from: whoever has one from there gets what is at the new place, or nothing. https://external-secrets.io/latest/api/secretstore/ */
export const secretStore: Rule = {
  name: "secret-store",
  judge: ({ kind, before, fate, fields }) => {
    if (fate !== "apply" || !before || (kind !== "SecretStore" && kind !== "ClusterSecretStore")) return [];
    const field = fields.find(({ path }) => isUnder(path, "spec", "provider"));
    return field ? [{ effect: "outage", field: pathText(field.path), says: "every secret that comes from it is looked for at the new place: one that is not there is no longer refreshed, and one that is different replaces the old value" }] : [];
  },
};
