import { becauseAnnotation, becauseLine } from "../../model/because";
import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { arrayOf } from "./violations";

export interface Rule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly urls: readonly string[];
  /** The only objects that it is about; none is all. */
  readonly names: readonly string[];
}

/** A permission from which others can be gained stands with its reason, or not at all. */
export const rbacLeast = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) =>
    manifests.flatMap((manifest) => {
      if (manifest.kind === "Role" || manifest.kind === "ClusterRole")
        return [...undocumented(release, manifest), ...arrayOf(manifest["rules"]).flatMap((rule) => ruleFindings(release, manifest, ruleOf(rule)))];
      return manifest.kind === "RoleBinding" || manifest.kind === "ClusterRoleBinding" ? bindingFindings(release, manifest) : [];
    }),
  );

export const ruleOf = (rule: unknown): Rule => {
  const field = (name: string): readonly string[] => arrayOf(fieldOf(rule, name)).map(String);
  return { groups: field("apiGroups"), resources: field("resources"), verbs: field("verbs"), urls: field("nonResourceURLs"), names: field("resourceNames") };
};

/** The reason that a role gives for one of its rules. */
export function reasonFor(role: Manifest, rule: Rule): string | undefined {
  const prefix = becauseLine({ verbs: rule.verbs, over: over(rule), names: rule.names }, "");
  const line = (role.metadata.annotations?.[becauseAnnotation] ?? "").split("\n").find((it) => it.length > prefix.length && it.startsWith(prefix));
  return line?.slice(prefix.length);
}

/** What a rule is about, in words. */
export const over = ({ resources, urls }: Rule): readonly string[] => (resources.length ? resources : urls);

/** Permissions that nobody ever compared with what the app calls only grow. Each says what is done with it. */
const undocumented = (release: Release, role: Manifest): readonly Finding[] => {
  const unexplained = arrayOf(role["rules"]).map(ruleOf).filter((rule) => reasonFor(role, rule) === undefined && dangersOf(rule, role.kind === "ClusterRole").length === 0);
  return unexplained.length === 0
    ? []
    : [
        error({
          rule: "rbac-documented",
          address: release.address,
          found: `${objectName(role)} allows ${unexplained.map((rule) => `${rule.verbs.join(", ")} ${over(rule).join(", ")}`).join("; ")}, and nothing says what for`,
          expected: "what the app does with each permission",
          fix: `Give each its \`because\`; where the role is not an Account's, annotate it with ${becauseAnnotation}, a line for each: ${unexplained.slice(0, 1).map((rule) => becauseLine({ verbs: rule.verbs, over: over(rule), names: rule.names }, "…")).join("")}`,
        }),
      ];
};

function ruleFindings(release: Release, role: Manifest, rule: Rule): readonly Finding[] {
  const dangers = dangersOf(rule, role.kind === "ClusterRole");
  return dangers.length === 0 || reasonFor(role, rule) !== undefined
    ? []
    : [
        finding(
          release,
          `${objectName(role)} may ${dangers.join(", and ")} (${rule.verbs.join(", ")} ${over(rule).join(", ")})`,
          "Name exactly what is used, or give the permission its `because`",
        ),
      ];
}

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
export function dangersOf({ groups, resources, verbs, urls }: Rule, clusterWide: boolean): readonly string[] {
  const may = (verb: string): boolean => verbs.includes("*") || verbs.includes(verb);
  const on = (resource: string, group = ""): boolean => groups.includes(group) && resources.includes(resource);
  const rbac = "rbac.authorization.k8s.io";
  const admission = "admissionregistration.k8s.io";
  const roles = on("roles", rbac) || on("clusterroles", rbac);
  const writes = ["create", "update", "patch"].some(may);
  const dangers: readonly (readonly [boolean, string])[] = [
    [verbs.includes("*"), "do anything with it"],
    [resources.some((resource) => resource === "*" || resource.endsWith("/*") || resource.startsWith("*/")), "touch every resource"],
    [groups.includes("*"), "reach every API group"],
    [urls.includes("*"), "reach every URL"],
    [clusterWide && on("secrets"), "touch Secrets of the whole cluster"],
    [on("pods/exec") || on("pods/attach") || on("pods/ephemeralcontainers"), "run commands in pods"],
    [on("nodes/proxy"), "reach every kubelet"],
    [on("serviceaccounts/token") && may("create"), "make tokens of other accounts"],
    [on("certificatesigningrequests/approval", "certificates.k8s.io") && writes, "sign certificates of anybody"],
    [clusterWide && (on("mutatingwebhookconfigurations", admission) || on("validatingwebhookconfigurations", admission)) && writes, "see and change what others send to the API server"],
    [on("persistentvolumes") && may("create"), "mount any path of a node"],
    [(on("rolebindings", rbac) || on("clusterrolebindings", rbac)) && writes, "give its own roles to others"],
    [roles && may("bind"), "give away roles"],
    [roles && may("escalate"), "give itself permissions"],
    [may("impersonate") && (on("users") || on("groups") || on("serviceaccounts") || groups.includes("authentication.k8s.io")), "act as somebody else"],
  ];
  return dangers.flatMap(([holds, danger]) => (holds ? [danger] : []));
}

/** Roles that Kubernetes brings and that read Secrets, run commands and start pods under any account: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const wide = ["cluster-admin", "admin", "edit"];

/** Groups that everybody is in, or that no permission is refused to. */
const everybody = ["system:masters", "system:authenticated", "system:unauthenticated", "system:serviceaccounts"];

function bindingFindings(release: Release, binding: Manifest): readonly Finding[] {
  const role = String(fieldOf(binding, "roleRef", "name"));
  const groups = arrayOf(binding["subjects"])
    .map((subject) => String(fieldOf(subject, "name")))
    .filter((name) => everybody.includes(name));
  const reasoned = binding.metadata.annotations?.[becauseAnnotation] !== undefined;
  const dangers = [...(wide.includes(role) && fieldOf(binding, "roleRef", "kind") === "ClusterRole" ? [`it gives ${role}`] : []), ...groups.map((group) => `it gives ${role} to ${group}`)];
  return reasoned
    ? []
    : dangers.map((danger) =>
        finding(release, `${objectName(binding)}: ${danger}`, `Bind a role of its own, or annotate the binding with ${becauseAnnotation}`),
      );
}

const finding = (release: Release, found: string, fix: string): Finding =>
  error({ rule: "rbac-least", address: release.address, found, expected: "no permission to gain others without a reason", fix });
