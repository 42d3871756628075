import type { Assertion } from "../../control-plane/assertions/assertion";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import { accountsWithRoles, type Account } from "../rbac/granted";

/** Whose rights are not seen used here, and why; the roles of most are compared with upstream's (test/operators/upstream-roles.test.ts). */
const REASONS: readonly { readonly account: RegExp; readonly because: string }[] = [
  { account: /^rook-ceph\//, because: "Rook 1.20.6 does not compile here: a module proxy serves no version of its pkg/apis that fits. What Rook's pods do takes Ceph and disks" },
  { account: /^argocd(-manager)?\//, because: "Argo CD runs under them in `npm run e2e`" },
  { account: /-first-start$/, because: "the same Job as the one of open-webui, whose volume Velero brings back" },
  { account: /^gitlab-runner\//, because: "a module proxy does not serve two of its modules, gitlab.com/gitlab-org/moa and step-runner" },
];

/** A ServiceAccount, as reports name it. */
export const nameOf = ({ namespace, name }: Account): string => `${namespace}/${name}`;

/** The accounts with roles that no process used, as lines with the reason. */
export function notRunLines(objects: readonly KubernetesObject[], tried: readonly string[]): readonly string[] {
  return notRun(objects, tried).map((account) => `Not run: ServiceAccount ${account}: ${reasonFor(account) ?? "nobody has said why"}`);
}

/** No account has roles that nobody tries and nobody speaks for; one that is tried on one cluster has been tried. */
export function everyAccountIsTried(objects: readonly KubernetesObject[], tried: readonly string[]): Assertion {
  return { says: "every account with roles is tried on some cluster, or it is said why not", problems: notRun(objects, tried).filter((account) => reasonFor(account) === undefined) };
}

/** Reasons for which there is no account: what they speak of has gone, or runs. */
export const staleReasons = (objects: readonly KubernetesObject[]): readonly string[] => {
  const accounts = accountsWithRoles(objects).map(nameOf);
  return REASONS.filter(({ account }) => !accounts.some((name) => account.test(name))).map(({ because }) => because);
};

function notRun(objects: readonly KubernetesObject[], tried: readonly string[]): readonly string[] {
  return [...new Set(accountsWithRoles(objects).map(nameOf))].filter((account) => !tried.includes(account));
}

/** Why something does not run of which an account is; undefined where nobody has said. */
export const reasonFor = (account: string): string | undefined => REASONS.find((reason) => reason.account.test(account))?.because;
