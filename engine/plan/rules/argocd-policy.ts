import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";

/** Who may do what in Argo CD. https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/ */
export const argocdPolicy: Rule = {
  name: "argocd",
  judge: ({ kind, before, after, fate }) => {
    if (kind !== "ConfigMap" || fate !== "apply" || !before || !after || after.metadata.name !== "argocd-rbac-cm") return [];
    const { come, gone } = comeAndGone(linesOf(before), linesOf(after));
    // A line that denies takes away when it comes, and gives when it goes.
    const more = [...come.filter(gives), ...gone.filter((line) => !gives(line))];
    const less = [...gone.filter(gives), ...come.filter((line) => !gives(line))];
    const verdicts: readonly (Verdict | undefined)[] = [
      more.length ? { effect: "live change", field: `data."policy.csv"`, opens: true, says: `in Argo CD, allows more: ${more.join("; ")}` } : undefined,
      less.length ? { effect: "live change", field: `data."policy.csv"`, says: `in Argo CD, allows no more: ${less.join("; ")}` } : undefined,
      everybody(before, after),
    ];
    return verdicts.filter((it) => it !== undefined);
  },
};

const linesOf = (map: Manifest): readonly string[] =>
  String(fieldOf(map, "data", "policy.csv") ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

const gives = (line: string): boolean => !/,\s*deny$/.test(line);

/** What anybody may do who is signed in. */
function everybody(before: Manifest, after: Manifest): Verdict | undefined {
  const [was, is] = [before, after].map((map) => String(fieldOf(map, "data", "policy.default") ?? ""));
  if (was === is) return undefined;
  return is ? { effect: "live change", field: `data."policy.default"`, opens: true, says: `in Argo CD, whoever is signed in is ${is}` } : { effect: "live change", field: `data."policy.default"`, says: "in Argo CD, whoever nothing is given to may do nothing" };
}
