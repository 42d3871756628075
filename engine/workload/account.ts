import { Construct } from "constructs";
import { Chart } from "cdk8s";
import { KubeClusterRole, KubeClusterRoleBinding, KubeRole, KubeRoleBinding, KubeServiceAccount, type PolicyRule } from "cdk8s-plus-30/lib/imports/k8s";
import { becauseAnnotation, becauseLine, documentedAnnotation } from "../model/because";
import { componentName } from "./component-name";
import { PlainObject } from "./plain-object";

/** One permission, with what the app does with it: what nobody can say that of, it does not need. */
export interface Permission {
  readonly groups?: readonly string[];
  readonly resources?: readonly string[];
  readonly names?: readonly string[];
  readonly urls?: readonly string[];
  readonly verbs: readonly string[];
  readonly because: string;
}

export interface AccountProps {
  /** Where it is said, or was read, that the app makes these calls: a page, or a path in its source. */
  readonly documented?: string;
  /** Permissions in the whole cluster. */
  readonly cluster?: readonly Permission[];
  /** Permissions in the release's own namespace. */
  readonly here?: readonly Permission[];
  /** Permissions in other namespaces, by name. */
  readonly there?: Readonly<Record<string, readonly Permission[]>>;
  /** Cluster roles that Kubernetes itself defines, such as `system:auth-delegator`. */
  readonly bind?: readonly string[];
  readonly name?: string;
  /** A controller makes pods under it, and they rely on the account to be given their token. */
  readonly forMadePods?: boolean;
}

/** A ServiceAccount and exactly what it may do. */
export class Account extends Construct {
  readonly name: string;

  constructor(scope: Construct, component: string, props: AccountProps = {}) {
    super(scope, `${component}-account`);
    this.name = props.name ?? componentName(this, component);
    const namespace = Chart.of(this).namespace;
    if (namespace === undefined) throw new Error(`${component}: an account needs its chart's namespace`);
    const subjects = [{ kind: "ServiceAccount", name: this.name, namespace }];
    // Cluster-scoped names are shared by every release: the namespace makes them unique.
    const clusterName = this.name === namespace ? this.name : `${namespace}-${this.name}`;

    new PlainObject(this, "account", KubeServiceAccount.manifest({ metadata: { name: this.name }, automountServiceAccountToken: props.forMadePods ?? false }));
    if (props.cluster?.length) {
      new PlainObject(this, "cluster-role", KubeClusterRole.manifest({ metadata: { name: clusterName, ...reasons(props.cluster, props.documented) }, rules: props.cluster.map(ruleOf) }));
      new PlainObject(this, "cluster-binding", KubeClusterRoleBinding.manifest({ metadata: { name: clusterName }, roleRef: clusterRole(clusterName), subjects }));
    }
    for (const role of props.bind ?? [])
      new PlainObject(this, `bind-${role}`, KubeClusterRoleBinding.manifest({ metadata: { name: `${clusterName}-${role.replace(/^system:/, "")}` }, roleRef: clusterRole(role), subjects }));
    const namespaced = { ...(props.here?.length ? { [namespace]: props.here } : {}), ...props.there };
    for (const [where, permissions] of Object.entries(namespaced)) {
      const name = where === namespace ? this.name : `${namespace}-${this.name}`;
      new PlainObject(this, `role-${where}`, KubeRole.manifest({ metadata: { name, namespace: where, ...reasons(permissions, props.documented) }, rules: permissions.map(ruleOf) }));
      new PlainObject(this, `binding-${where}`, KubeRoleBinding.manifest({
        metadata: { name, namespace: where },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
        subjects,
      }));
    }
  }
}

const clusterRole = (name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name });

const ruleOf = (permission: Permission): PolicyRule =>
  permission.urls
    ? { nonResourceUrLs: [...permission.urls], verbs: [...permission.verbs] }
    : {
        apiGroups: [...(permission.groups ?? [""])],
        resources: [...(permission.resources ?? [])],
        ...(permission.names ? { resourceNames: [...permission.names] } : {}),
        verbs: [...permission.verbs],
      };

function reasons(permissions: readonly Permission[], documented: string | undefined): { annotations: Record<string, string> } {
  const lines = permissions.map(({ verbs, resources, urls, names = [], because }) => becauseLine({ verbs, over: resources ?? urls ?? [], names }, because));
  return { annotations: { [becauseAnnotation]: lines.join("\n"), ...(documented === undefined ? {} : { [documentedAnnotation]: documented }) } };
}
