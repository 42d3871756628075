import type { Assertion } from "../../control-plane/assertions/assertion";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { AccountUse } from "../rbac/account-use";
import { accountsWithRoles, type Account } from "../rbac/granted";

/** Whose rights are not seen used here, and why; the roles of most are compared with upstream's (test/operators/upstream-roles.test.ts). */
const REASONS: readonly { readonly account: RegExp; readonly because: string }[] = [
  { account: /^rook-ceph\//, because: "Rook 1.20.6 does not compile here: a module proxy serves no version of its pkg/apis that fits. What Rook's pods do takes Ceph and disks" },
  { account: /^gpu-operator\/gpu-operator$/, because: "a module proxy serves nothing of NVIDIA's operator since April 2024" },
  { account: /^metallb\/metallb-speaker$/, because: "it announces addresses on network cards, and here is none" },
  { account: /^argocd(-manager)?\//, because: "Argo CD runs under them in `npm run e2e`" },
  { account: /-first-start$/, because: "the same Job as the one of open-webui, whose volume Velero brings back" },
  { account: /^gitlab-runner\//, because: "a module proxy does not serve two of its modules, gitlab.com/gitlab-org/moa and step-runner" },
];

const nameOf = ({ namespace, name }: Account): string => `${namespace}/${name}`;

/** The accounts of a cluster that have roles and that no process used, as lines with the reason. */
export function notRunLines(objects: readonly KubernetesObject[], uses: readonly AccountUse[]): readonly string[] {
  return notRun(objects, uses).map((account) => `Not run: ServiceAccount ${account}: ${reasonFor(account) ?? "nobody has said why"}`);
}

/** No account has roles that nobody tries and nobody speaks for. */
export function everyAccountIsTried(objects: readonly KubernetesObject[], uses: readonly AccountUse[]): Assertion {
  return { says: "every account with roles is tried, or it is said why not", problems: notRun(objects, uses).filter((account) => reasonFor(account) === undefined) };
}

function notRun(objects: readonly KubernetesObject[], uses: readonly AccountUse[]): readonly string[] {
  const used = uses.map(({ account }) => nameOf(account));
  return accountsWithRoles(objects).map(nameOf).filter((account) => !used.includes(account));
}

const reasonFor = (account: string): string | undefined => REASONS.find((reason) => reason.account.test(account))?.because;
