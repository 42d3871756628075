import { fieldOf, type Manifest } from "../../model/manifest";
import { keepsApplications, parameterPaths, preservesResources } from "../application-set";
import type { Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { listAt, textsAt } from "../list-at";

const cascade = "resources-finalizer.argocd.argoproj.io";

/** What Argo CD is pointed at: ApplicationSets with their guards, Applications, and what projects permit. */
export const applications: Rule = {
  name: "argocd",
  judge: ({ kind, before, after, fate }) => {
    if (fate !== "apply" || !before || !after) return [];
    if (kind === "ApplicationSet") return ofSet(before, after);
    if (kind === "Application") return synced(fieldOf(before, "spec"), fieldOf(after, "spec"), "spec");
    return kind === "AppProject" ? ofProject(before, after) : [];
  },
};

function ofSet(before: Manifest, after: Manifest): readonly Verdict[] {
  const verdicts: readonly (Verdict | undefined)[] = [
    keepsApplications(before) && !keepsApplications(after)
      ? { effect: "data at risk", field: "spec.syncPolicy.applicationsSync", says: `an Application goes with its parameter file from now on${preservesResources(after) ? "" : ", and its objects with it"}` }
      : undefined,
    preservesResources(before) && !preservesResources(after)
      ? { effect: "data at risk", field: "spec.syncPolicy.preserveResourcesOnDeletion", says: "every Application gets a finalizer that deletes its objects along: whoever deletes one, or the ApplicationSet, deletes what it holds" }
      : undefined,
    JSON.stringify(parameterPaths(before)) !== JSON.stringify(parameterPaths(after))
      ? {
          effect: keepsApplications(after) ? "outage" : "data at risk",
          field: "spec.generators",
          says: keepsApplications(after) ? "it no longer makes the Applications that it made: they stay as they are, and follow no change" : "it no longer makes the Applications that it made, and deletes them",
        }
      : undefined,
    cascades(after) && !cascades(before) ? { effect: "data at risk", field: "spec.template.metadata.finalizers", says: "an Application that is deleted takes its objects along" } : undefined,
  ];
  return [...verdicts.filter((it) => it !== undefined), ...synced(fieldOf(before, "spec", "template", "spec"), fieldOf(after, "spec", "template", "spec"), "spec.template.spec")];
}

const cascades = (set: Manifest): boolean => textsAt(set, "spec", "template", "metadata", "finalizers").some((it) => it.startsWith(cascade));

/** An Application's own spec, or that of all Applications of a cluster. */
function synced(before: unknown, after: unknown, at: string): readonly Verdict[] {
  const differs = (...path: readonly string[]) => JSON.stringify(fieldOf(before, ...path)) !== JSON.stringify(fieldOf(after, ...path));
  const automated = (spec: unknown, field: string) => fieldOf(spec, "syncPolicy", "automated", field) === true;
  const options = (spec: unknown) => textsAt(spec, "syncPolicy", "syncOptions");
  const verdicts: readonly (Verdict | undefined)[] = [
    differs("destination") ? { effect: "outage", field: `${at}.destination`, says: "everything is made anew at another destination; what stands at the old one stays, managed by nobody" } : undefined,
    sourceOf(before) !== sourceOf(after) ? { effect: "live change", field: `${at}.source`, says: `once this stands where Argo CD still looks, everything comes from ${sourceOf(after)}: nothing is synced until Argo CD may read there, and what differs there is not in this plan` } : undefined,
    fieldOf(before, "syncPolicy", "automated") !== undefined && fieldOf(after, "syncPolicy", "automated") === undefined ? { effect: "live change", field: `${at}.syncPolicy.automated`, says: "nothing is synced until somebody does it by hand" } : undefined,
    !automated(before, "prune") && automated(after, "prune") ? { effect: "data at risk", field: `${at}.syncPolicy.automated.prune`, says: "what has left git, now or long ago, is deleted" } : undefined,
    options(before).includes("Replace=true") !== options(after).includes("Replace=true") ? { effect: "recreate", field: `${at}.syncPolicy.syncOptions`, says: "objects are replaced whole rather than applied: fields that others own are lost" } : undefined,
    ...["Prune=false", "Delete=false"].map((guard): Verdict | undefined => (options(before).includes(guard) && !options(after).includes(guard) ? { effect: "data at risk", field: `${at}.syncPolicy.syncOptions`, says: `${guard} no longer guards what says nothing itself` } : undefined)),
  ];
  return verdicts.filter((it) => it !== undefined);
}

/** Repository, revision and folder; of a template, those that a parameter file does not say otherwise. */
const sourceOf = (spec: unknown): string =>
  (["repoURL", "targetRevision", "path"] as const).map((field) => String(fieldOf(spec, "source", field) ?? "").replace(/^\{\{.*default "([^"]*)".*\}\}$/, "$1")).filter((text) => text !== "" && !text.startsWith("{{")).join(" ");

function ofProject(before: Manifest, after: Manifest): readonly Verdict[] {
  return (["sourceRepos", "destinations", "clusterResourceWhitelist", "namespaceResourceWhitelist"] as const).flatMap((field) => {
    const items = (project: Manifest) => listAt(project, "spec", field).map((it) => (typeof it === "string" ? it : Object.values(it ?? {}).filter((part) => part !== "").join("/")));
    const { come, gone } = comeAndGone(items(before), items(after));
    return [
      ...(come.length ? [{ effect: "live change" as const, field: `spec.${field}`, opens: true as const, says: `permits ${come.join(", ")}` }] : []),
      ...(gone.length ? [{ effect: "live change" as const, field: `spec.${field}`, says: `permits no more ${gone.join(", ")}: what still needs it is not synced` }] : []),
    ];
  });
}
