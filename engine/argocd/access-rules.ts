import { resourceOf, type Kind } from "../kinds/kind";
import type { Permitted } from "./permitted";

/** Roles by name: those that releases and we ourselves write, and those that bindings give to somebody. */
export interface RoleNames {
  readonly written: Readonly<Record<"roles" | "clusterroles", readonly string[]>>;
  readonly bound: Readonly<Record<"roles" | "clusterroles", readonly string[]>>;
}

/** A rule of a ClusterRole, with the reason for what could be used to gain more. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
  readonly because?: string;
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
export function accessRules(permitted: Permitted, names: RoleNames, hub: boolean): { readonly manage: readonly Rule[]; readonly view: readonly Rule[] } {
  const byGroup = groups(permitted.written);
  return {
    manage: [...byGroup.flatMap(([group, resources]) => changing(group, resources)), ...passingOn(names)],
    view: [
      ...byGroup.map(([group, resources]) => ({ apiGroups: [group], resources: resources.filter((resource) => resource !== "secrets"), verbs: see })),
      ...groups(permitted.shown).map(([group, resources]) => ({ apiGroups: [group], resources, verbs: see })),
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      { apiGroups: [""], resources: ["events"], verbs: ["list"] },
      // On the hub Argo CD's own objects are synced as well; its controller changes them as its namespace's role allows.
      ...(hub ? [{ apiGroups: ["argoproj.io"], resources: ["applications", "applicationsets", "appprojects"], verbs: see }] : []),
    ].filter((rule) => rule.resources.length > 0),
  };
}

function groups(kinds: readonly Kind[]): readonly (readonly [string, readonly string[]])[] {
  const names = [...new Set(kinds.map(({ group }) => group))].sort();
  return names.map((name) => [name, kinds.filter(({ group }) => group === name).map(resourceOf).sort()]);
}

function changing(group: string, resources: readonly string[]): readonly Rule[] {
  const plain = resources.filter((resource) => !(resource in dangerous));
  const marked = resources.filter((resource) => resource in dangerous);
  const rule = (those: readonly string[]) => ({ apiGroups: [group], resources: those, verbs: those.some((it) => undeletable.has(it)) ? change : [...change, "delete"] });
  return [...(plain.length ? [rule(plain)] : []), ...marked.map((resource) => ({ ...rule([resource]), because: dangerous[resource] ?? "" }))];
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
