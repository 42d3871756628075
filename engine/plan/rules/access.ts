import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { listAt, textsAt } from "../list-at";

/** Who may do what in the cluster: what a role newly allows, what it allows no more, and whom it is given to. */
export const access: Rule = {
  name: "access",
  judge: ({ kind, before, after, fate }) => {
    if (fate === "leave" || fate === "replace") return [];
    if (kind === "Role" || kind === "ClusterRole") return compared(before && permissions(before), after && permissions(after), "spec" in (after ?? {}) ? "spec" : "rules");
    return kind === "RoleBinding" || kind === "ClusterRoleBinding" ? given(before, after) : [];
  },
};

/** `secrets: get`, `apps/deployments: patch (argocd-server)`: one line for each thing that is allowed. */
function permissions(role: Manifest): readonly string[] {
  return listAt(role, "rules").flatMap((rule) => {
    const names = textsAt(rule, "resourceNames");
    const resources = textsAt(rule, "apiGroups").flatMap((group) => textsAt(rule, "resources").map((resource) => (group === "" ? resource : `${group}/${resource}`)));
    const things = [...resources, ...textsAt(rule, "nonResourceURLs")];
    return textsAt(rule, "verbs").flatMap((verb) => things.flatMap((thing) => (names.length ? names.map((name) => `${verb} ${thing} ${name}`) : [`${verb} ${thing}`])));
  });
}

function compared(before: readonly string[] | undefined, after: readonly string[] | undefined, field: string): readonly Verdict[] {
  const [was, is] = [before ?? [], after ?? []];
  const more = is.filter((permission) => !isCovered(permission, was));
  const less = was.filter((permission) => !isCovered(permission, is));
  return [
    ...(more.length ? [{ effect: "live change" as const, field, opens: true as const, says: `allows${before ? " more" : ""}: ${shown(more)}` }] : []),
    ...(less.length && after ? [{ effect: "live change" as const, field, says: `allows no more: ${shown(less)}` }] : []),
  ];
}

/** Whether a list allows it already: for the resource as a whole, or by a wildcard. */
function isCovered(permission: string, list: readonly string[]): boolean {
  const [verb = "", thing = "", name = ""] = permission.split(" ");
  const group = thing.includes("/") && !thing.startsWith("/") ? thing.slice(0, thing.lastIndexOf("/")) : "";
  const things = [thing, group ? `${group}/*` : "*", "*/*"];
  return [verb, "*"].some((v) => things.some((t) => list.includes(`${v} ${t}`) || (name !== "" && list.includes(`${v} ${t} ${name}`))));
}

const shown = (lines: readonly string[]): string => `${lines.slice(0, 6).join("; ")}${lines.length > 6 ? `; and ${lines.length - 6} more` : ""}`;

function given(before: Manifest | undefined, after: Manifest | undefined): readonly Verdict[] {
  const subjects = (binding: Manifest | undefined) => listAt(binding, "subjects").map((it) => [fieldOf(it, "kind"), [fieldOf(it, "namespace"), fieldOf(it, "name")].filter((part) => part !== undefined).join("/")].join(" "));
  const { come, gone } = comeAndGone(subjects(before), subjects(after));
  const role = [fieldOf(after ?? before, "roleRef", "kind"), fieldOf(after ?? before, "roleRef", "name")].join(" ");
  return [
    ...(come.length ? [{ effect: "live change" as const, field: "subjects", opens: true as const, says: `gives ${role} to ${come.join(", ")}` }] : []),
    ...(gone.length && after ? [{ effect: "live change" as const, field: "subjects", says: `takes ${role} from ${gone.join(", ")}` }] : []),
  ];
}
