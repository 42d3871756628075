import { becauseAnnotation, becauseLine } from "../../model/because";
import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { arrayOf } from "./violations";

interface Rule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly urls: readonly string[];
}

/** A permission from which others can be gained stands with its reason, or not at all. */
export const rbacLeast = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) =>
    manifests.flatMap((manifest) => {
      if (manifest.kind === "Role" || manifest.kind === "ClusterRole")
        return arrayOf(manifest["rules"]).flatMap((rule) => ruleFindings(release, manifest, ruleOf(rule)));
      return manifest.kind === "RoleBinding" || manifest.kind === "ClusterRoleBinding" ? bindingFindings(release, manifest) : [];
    }),
  );

const ruleOf = (rule: unknown): Rule => {
  const field = (name: string): readonly string[] => arrayOf(fieldOf(rule, name)).map(String);
  return { groups: field("apiGroups"), resources: field("resources"), verbs: field("verbs"), urls: field("nonResourceURLs") };
};

function ruleFindings(release: Release, role: Manifest, rule: Rule): readonly Finding[] {
  const dangers = dangersOf(rule, role.kind === "ClusterRole");
  const reasons = (role.metadata.annotations?.[becauseAnnotation] ?? "").split("\n");
  const over = rule.resources.length ? rule.resources : rule.urls;
  const isReasoned = reasons.some((line) => line.length > becauseLine(over, "").length && line.startsWith(becauseLine(over, "")));
  return dangers.length === 0 || isReasoned
    ? []
    : [
        finding(
          release,
          `${objectName(role)} may ${dangers.join(", and ")} (${rule.verbs.join(", ")} ${over.join(", ")})`,
          "Name exactly what is used, or give the permission its `because`",
        ),
      ];
}

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
function dangersOf({ groups, resources, verbs, urls }: Rule, clusterWide: boolean): readonly string[] {
  const may = (verb: string): boolean => verbs.includes("*") || verbs.includes(verb);
  const over = (resource: string, group = ""): boolean => groups.includes(group) && resources.includes(resource);
  const roles = over("roles", "rbac.authorization.k8s.io") || over("clusterroles", "rbac.authorization.k8s.io");
  const dangers: readonly (readonly [boolean, string])[] = [
    [verbs.includes("*"), "do anything with it"],
    [resources.some((resource) => resource === "*" || resource.endsWith("/*") || resource.startsWith("*/")), "touch every resource"],
    [groups.includes("*"), "reach every API group"],
    [urls.includes("*"), "reach every URL"],
    [clusterWide && over("secrets"), "touch Secrets of the whole cluster"],
    [over("pods/exec") || over("pods/attach"), "run commands in pods"],
    [over("nodes/proxy"), "reach every kubelet"],
    [over("serviceaccounts/token") && may("create"), "make tokens of other accounts"],
    [roles && may("bind"), "give away roles"],
    [roles && may("escalate"), "give itself permissions"],
    [may("impersonate") && (over("users") || over("groups") || over("serviceaccounts")), "act as somebody else"],
  ];
  return dangers.flatMap(([holds, danger]) => (holds ? [danger] : []));
}

/** Groups that everybody is in, or that no permission is refused to. */
const everybody = ["system:masters", "system:authenticated", "system:unauthenticated", "system:serviceaccounts"];

function bindingFindings(release: Release, binding: Manifest): readonly Finding[] {
  const role = String(fieldOf(binding, "roleRef", "name"));
  const groups = arrayOf(binding["subjects"])
    .map((subject) => String(fieldOf(subject, "name")))
    .filter((name) => everybody.includes(name));
  const reasoned = binding.metadata.annotations?.[becauseAnnotation] !== undefined;
  const dangers = [...(role === "cluster-admin" ? ["it gives cluster-admin"] : []), ...groups.map((group) => `it gives ${role} to ${group}`)];
  return reasoned
    ? []
    : dangers.map((danger) =>
        finding(release, `${objectName(binding)}: ${danger}`, `Bind a role of its own, or annotate the binding with ${becauseAnnotation}`),
      );
}

const finding = (release: Release, found: string, fix: string): Finding =>
  error({ rule: "rbac-least", address: release.address, found, expected: "no permission to gain others without a reason", fix });
