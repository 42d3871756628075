import { fieldOf, type Manifest } from "../../model/manifest";
import { secondsOf, type Duration } from "../../model/quantity";
import type { Rule, Verdict } from "../change";
import { pathText } from "../field-change";
import { listAt } from "../list-at";
import { bytesIn } from "../quantity";

/** Values that something keeps for as long as an object says so: a generated secret, what the vault has of it, and the samples of Prometheus. */
export const keptValues: Rule = {
  name: "kept-value",
  judge: ({ kind, before, after, fate, fields }) => {
    if (fate !== "apply" || !before || !after) return [];
    if (kind === "Prometheus") return retention(before, after);
    if (kind === "PushSecret") return escrowed(before, after);
    return kind === "ExternalSecret" && isGenerated(before) ? regenerated(before, after, fields.map(({ path }) => pathText(path))) : [];
  },
};

const isGenerated = (secret: Manifest): boolean => [...listAt(secret, "spec", "dataFrom"), ...listAt(secret, "spec", "data")].some((source) => fieldOf(source, "sourceRef", "generatorRef") !== undefined);

function regenerated(before: Manifest, after: Manifest, paths: readonly string[]): readonly Verdict[] {
  const says = "a new value is generated: what was locked or encrypted with the old one opens no more";
  const policy = (secret: Manifest) => fieldOf(secret, "spec", "refreshPolicy");
  if (policy(before) === "CreatedOnce" && policy(after) !== "CreatedOnce") return [{ effect: "data at risk", field: "spec.refreshPolicy", says: `${says}, at every refresh` }];
  const target = paths.find((path) => path === "spec.target.name");
  return target ? [{ effect: "data at risk", field: target, says: `${says}, in another Secret` }] : [];
}

/** What the vault keeps for the day on which the cluster is gone. https://external-secrets.io/latest/api/pushsecret/ */
function escrowed(before: Manifest, after: Manifest): readonly Verdict[] {
  const [was, is] = [before, after].map((it) => ({ update: fieldOf(it, "spec", "updatePolicy") ?? "Replace", deletion: fieldOf(it, "spec", "deletionPolicy") ?? "None" }));
  return [
    ...(was?.update === "IfNotExists" && is?.update !== "IfNotExists" ? [{ effect: "data at risk" as const, field: "spec.updatePolicy", says: "the vault's value is replaced by whatever is in the cluster: a cluster that begins anew takes its own key for the one that the data is locked with" }] : []),
    ...(was?.deletion !== "Delete" && is?.deletion === "Delete" ? [{ effect: "data at risk" as const, field: "spec.deletionPolicy", says: "the vault's value goes with the object" }] : []),
  ];
}

/** https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects */
function retention(before: Manifest, after: Manifest): readonly Verdict[] {
  const days = (it: Manifest) => (typeof it["spec"] === "object" && typeof fieldOf(it, "spec", "retention") === "string" ? secondsOf(fieldOf(it, "spec", "retention") as Duration) : undefined);
  const size = (it: Manifest) => bytesIn(String(fieldOf(it, "spec", "retentionSize") ?? "").replace(/B$/, ""));
  const less = (was: number | undefined, is: number | undefined) => was !== undefined && is !== undefined && is < was;
  const verdict = (field: string): Verdict => ({ effect: "data at risk", field, says: "samples beyond it are deleted, and come back from nowhere" });
  return [...(less(days(before), days(after)) ? [verdict("spec.retention")] : []), ...(less(size(before), size(after)) ? [verdict("spec.retentionSize")] : [])];
}
