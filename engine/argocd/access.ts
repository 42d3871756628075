import { becauseAnnotation, becauseLine, documentedAnnotation } from "../model/because";
import type { Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import { kindOf, nameOfKind } from "../kinds/kind";
import { annotated, fieldOf, type Manifest } from "../model/manifest";
import { accessRules, type BroughtBy, type RoleNames, type Rule } from "./access-rules";
import { accountOf, type Controller, type Subject } from "./controller";
import { neverPruned } from "./guards";
import { definition, type Permitted } from "./permitted";

/** The folder of every cluster, the Application's name, and on spokes the namespace and the account. */
export const accessFolder = "argocd-manager";

const roles = { manager: "argocd-manager", viewer: "argocd-viewer" };

/**
 * What Argo CD may do on a cluster: change exactly the kinds that releases there consist of, and look at what becomes of
 * them. Where it runs it does so under its own account; elsewhere under one whose token the hub keeps.
 * @param built everything on the cluster
 */
export function accessOf(controller: Controller, cluster: Cluster, permitted: Permitted, built: readonly Built[]): readonly Manifest[] {
  const inside = cluster.name === controller.cluster.name;
  const syncs: Subject = inside ? required(accountOf(controller, "application-controller", built), controller) : { namespace: accessFolder, name: accessFolder };
  // People look at a cluster through the server, which needs to see and not to touch.
  const looks = inside ? accountOf(controller, "server", built) : undefined;
  const rules = accessRules(permitted, rolesIn(built), broughtIn(built), inside);
  return [
    ...(inside ? [] : spokeAccount()),
    ...clusterRole(roles.manager, rules.manage, [syncs]),
    ...clusterRole(roles.viewer, rules.view, looks ? [syncs, looks] : [syncs]),
  ].map(neverPruned);
}

function required(subject: Subject | undefined, controller: Controller): Subject {
  if (!subject) throw new Error(`${controller.release?.address ?? controller.cluster.name}: no pod of a component "application-controller" was built`);
  return subject;
}

const labels = { "app.kubernetes.io/instance": accessFolder, "app.kubernetes.io/managed-by": "hearth" };

/** An account, and the token that the owner hands to the hub. Kubernetes fills it in, so nothing secret stands in git. */
const spokeAccount = (): readonly Manifest[] => [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: accessFolder, labels: { ...labels, "pod-security.kubernetes.io/enforce": "restricted" } } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: accessFolder, namespace: accessFolder, labels }, automountServiceAccountToken: false },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: `${accessFolder}-token`, namespace: accessFolder, labels, annotations: { "kubernetes.io/service-account.name": accessFolder } },
    type: "kubernetes.io/service-account-token",
  },
];

function clusterRole(name: string, rules: readonly Rule[], subjects: readonly Subject[]): readonly Manifest[] {
  const reasons = rules.map((rule) => becauseLine({ verbs: rule.verbs, over: rule.resources, names: rule.resourceNames ?? [] }, rule.because));
  const role: Manifest = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name, labels },
    rules: rules.map(({ because: _because, ...rule }) => rule),
  };
  return [
    annotated(role, { [becauseAnnotation]: reasons.join("\n"), [documentedAnnotation]: "https://argo-cd.readthedocs.io/en/stable/operator-manual/security/#cluster-rbac" }),
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name, labels },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: subjects.map((subject) => ({ kind: "ServiceAccount", ...subject })),
    },
  ];
}

/** Which releases consist of a kind. What defines an operator's kinds is synced by an Application of its own, but is brought by it. */
function broughtIn(built: readonly Built[]): BroughtBy {
  const by = new Map<string, Set<string>>();
  const add = (kind: string, name: string): void => void by.set(kind, (by.get(kind) ?? new Set()).add(name));
  for (const { release, manifests } of built) {
    for (const manifest of manifests) add(nameOfKind(kindOf(manifest)), release.name);
    if (release.app.crds.length > 0) add(nameOfKind(definition), release.name);
  }
  return (kind) => [...(by.get(nameOfKind(kind)) ?? [])];
}

function rolesIn(built: readonly Built[]): RoleNames {
  const manifests = built.flatMap((it) => it.manifests);
  const written = (kind: string) => manifests.filter((it) => it.kind === kind).map((it) => it.metadata.name);
  const bound = (kind: string) => manifests.filter((it) => it.kind.endsWith("RoleBinding") && fieldOf(it, "roleRef", "kind") === kind).map((it) => String(fieldOf(it, "roleRef", "name")));
  const own = Object.values(roles);
  return {
    written: { roles: sorted(written("Role")), clusterroles: sorted([...own, ...written("ClusterRole")]) },
    bound: { roles: sorted(bound("Role")), clusterroles: sorted([...own, ...bound("ClusterRole")]) },
  };
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
