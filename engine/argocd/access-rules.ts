import { resourceOf, type Kind } from "../kinds/kind";
import { isEveryday, type Permitted } from "./permitted";

/** Roles by name: those that releases and we ourselves write, and those that bindings give to somebody. */
export interface RoleNames {
  readonly written: Readonly<Record<"roles" | "clusterroles", readonly string[]>>;
  readonly bound: Readonly<Record<"roles" | "clusterroles", readonly string[]>>;
}

/** Names of the releases that consist of a kind, among others. */
export type BroughtBy = (kind: Kind) => readonly string[];

/** A rule of a ClusterRole, with what it is for. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
  readonly because: string;
}

const see = ["get", "list", "watch"];
const change = [...see, "create", "update", "patch"];

/** Never deleted by Argo CD, whatever a folder says: everything below would go along. People delete these, by hand. */
const undeletable: ReadonlySet<string> = new Set(["namespaces", "customresourcedefinitions"]);

/** Resources by which more can be gained than they are themselves. */
const dangerous: Readonly<Record<string, string>> = {
  clusterroles: "releases bring roles for their accounts",
  roles: "releases bring roles for their accounts",
  clusterrolebindings: "releases bind roles to their accounts",
  rolebindings: "releases bind roles to their accounts",
  mutatingwebhookconfigurations: "operators among the releases answer for their own kinds",
  validatingwebhookconfigurations: "operators among the releases answer for their own kinds",
  customresourcedefinitions: "operators' kinds are installed from git",
  namespaces: "each release has one, with its Pod Security level",
  secrets: "a release writes one without a value, and comparing it means reading it",
};

/** What syncing and what looking at a cluster take. Reading Secrets is in neither, unless a release writes one. */
export function accessRules(permitted: Permitted, names: RoleNames, broughtBy: BroughtBy, hub: boolean): { readonly manage: readonly Rule[]; readonly view: readonly Rule[] } {
  const written = reasoned(permitted.written, broughtBy);
  return {
    manage: [...written.flatMap(changing), ...passingOn(names)],
    view: [
      ...written.map(({ group, resources, because }) => ({ apiGroups: [group], resources: resources.filter((resource) => resource !== "secrets"), verbs: see, because: `compared with git, and shown: ${because}` })),
      ...groups(permitted.shown).map(([group, kinds]) => ({ apiGroups: [group], resources: resourcesOf(kinds), verbs: see, because: "shown below the workload that they come from" })),
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"], because: "shown with a pod" },
      { apiGroups: [""], resources: ["events"], verbs: ["list"], because: "shown with each object" },
      ...(hub
        ? [{ apiGroups: ["argoproj.io"], resources: ["applications", "applicationsets", "appprojects"], verbs: see, because: "Argo CD's own objects are synced as well; its controller changes them as its namespace's role allows" }]
        : []),
    ].filter((rule) => rule.resources.length > 0),
  };
}

/** Resources of one API group that are permitted for the same reason. */
interface Reasoned {
  readonly group: string;
  readonly resources: readonly string[];
  readonly because: string;
}

function reasoned(kinds: readonly Kind[], broughtBy: BroughtBy): readonly Reasoned[] {
  return [
    ...groups(kinds.filter(isEveryday)).map(([group, usual]) => ({ group, resources: resourcesOf(usual), because: "any release may bring these" })),
    ...groups(kinds.filter((kind) => !isEveryday(kind))).map(([group, own]) => ({ group, resources: resourcesOf(own), because: `brought by ${some(own.flatMap(broughtBy))}` })),
  ];
}

/** Three names say what for; a list of all would change the role with every release. */
function some(names: readonly string[]): string {
  const all = [...new Set(names)].sort();
  const more = all.length - 3;
  return `${all.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function groups(kinds: readonly Kind[]): readonly (readonly [string, readonly Kind[]])[] {
  return [...new Set(kinds.map(({ group }) => group))].sort().map((name) => [name, kinds.filter(({ group }) => group === name)]);
}

const resourcesOf = (kinds: readonly Kind[]): readonly string[] => kinds.map(resourceOf).sort();

function changing({ group, resources, because }: Reasoned): readonly Rule[] {
  const plain = resources.filter((resource) => !(resource in dangerous));
  const marked = resources.filter((resource) => resource in dangerous);
  const rule = (those: readonly string[]) => ({ apiGroups: [group], resources: those, verbs: those.some((it) => undeletable.has(it)) ? change : [...change, "delete"] });
  return [...(plain.length ? [{ ...rule(plain), because }] : []), ...marked.map((resource) => ({ ...rule([resource]), because: dangerous[resource] ?? because }))];
}

/**
 * Roles may hold what Argo CD may not do itself: Kubernetes asks for `escalate` and `bind`, here by name.
 * Server-side apply names the role in its request, also where it does not exist yet, so that names suffice
 * (kubernetes/pkg/registry/rbac/escalation_check.go).
 */
function passingOn({ written, bound }: RoleNames): readonly Rule[] {
  const rule = (verb: string, resource: "roles" | "clusterroles", resourceNames: readonly string[], because: string): readonly Rule[] =>
    resourceNames.length ? [{ apiGroups: ["rbac.authorization.k8s.io"], resources: [resource], resourceNames, verbs: [verb], because }] : [];
  return [
    ...rule("escalate", "clusterroles", written.clusterroles, "these hold more than syncing takes; the list holds its own role too, which grows with the first release that needs a new kind"),
    ...rule("escalate", "roles", written.roles, "these hold more than syncing takes"),
    ...rule("bind", "clusterroles", bound.clusterroles, "these are given to accounts of releases"),
    ...rule("bind", "roles", bound.roles, "these are given to accounts of releases"),
  ];
}
