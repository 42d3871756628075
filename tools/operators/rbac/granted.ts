import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { Permission } from "./permission";

/** A ServiceAccount by its two names. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

const texts = z.array(z.string()).default([]);

const rules = z
  .array(z.looseObject({ apiGroups: texts, resources: texts, resourceNames: texts, nonResourceURLs: texts, verbs: z.array(z.string()) }))
  .nullish()
  .transform((value) => value ?? []);

const role = z.looseObject({ rules });

const binding = z.looseObject({
  roleRef: z.looseObject({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() })).default([]),
});

/** What roles and bindings give an account by name; what everybody has is left out. Throws where a binding names no role. */
export function grantedTo(account: Account, objects: readonly KubernetesObject[]): readonly Permission[] {
  const bindings = objects.filter(({ kind }) => kind === "RoleBinding" || kind === "ClusterRoleBinding");
  return bindings.flatMap((object) => {
    const { roleRef, subjects } = binding.parse(object);
    if (!subjects.some(({ kind, name, namespace }) => kind === "ServiceAccount" && name === account.name && namespace === account.namespace)) return [];
    const where = object.kind === "RoleBinding" ? (object.metadata.namespace ?? "") : "";
    const given = objects.find(({ kind, metadata }) => kind === roleRef.kind && metadata.name === roleRef.name && (kind === "ClusterRole" || metadata.namespace === where));
    if (given === undefined) throw new Error(`${object.kind} ${object.metadata.name} gives ${roleRef.kind} ${roleRef.name}, which does not exist`);
    return permissionsOf(given, where);
  });
}

/** The accounts that bindings name, each once. */
export function accountsWithRoles(objects: readonly KubernetesObject[]): readonly Account[] {
  const bindings = objects.filter(({ kind }) => kind === "RoleBinding" || kind === "ClusterRoleBinding");
  const named = bindings.flatMap((object) => binding.parse(object).subjects.flatMap(({ kind, name, namespace }) => (kind === "ServiceAccount" && namespace !== undefined ? [{ namespace, name }] : [])));
  return [...new Map(named.map((account) => [`${account.namespace}/${account.name}`, account])).values()];
}

function permissionsOf(object: KubernetesObject, namespace: string): readonly Permission[] {
  return role.parse(object).rules.flatMap(({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }) => {
    const names = resourceNames.length === 0 ? [""] : resourceNames;
    const onResources = apiGroups.flatMap((group) => resources.flatMap((resource) => names.map((name) => ({ namespace, group, resource, name }))));
    const onUrls = nonResourceURLs.map((resource) => ({ namespace: "", group: "", resource, name: "" }));
    return [...onResources, ...onUrls].flatMap((target) => verbs.map((verb) => ({ ...target, verb })));
  });
}
