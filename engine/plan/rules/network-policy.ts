import { lossOf } from "../../argocd/guards";
import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { directions, flowsOf, languageOf, type Flow, type Language } from "../policies/language";

/** What pods may talk to. Policies only ever allow: the first that selects a pod closes it, each one more opens it. */
export const networkPolicy: Rule = {
  name: "network-policy",
  judge: (change, context) => {
    const { kind, before, after, fate } = change;
    const language = languageOf(kind);
    if (!language || fate === "leave" || fate === "replace") return [];
    if (!after) return before ? gone(change, context, before, language) : [];
    const widened = directions.flatMap((direction) => {
      const { field, word } = direction;
      const [was, is] = [flowsOf(language, before, direction), flowsOf(language, after, direction)];
      const [come, left] = [without(is, was), without(was, is)];
      // Where few words do not tell what comes from what goes, the labels' names do.
      const unlike = come.every(({ short }) => !left.some((flow) => flow.short === short));
      const told = (flows: readonly Flow[]) => [...new Set(flows.map(({ exact, short }) => (unlike ? short : exact)))];
      const [more, less] = [told(come), told(left)];
      return [
        ...(more.length ? [{ effect: "live change" as const, field: `spec.${field}`, opens: true as const, says: `lets ${word}: ${more.join("; ")}` }] : []),
        ...(less.length ? [{ effect: "live change" as const, field: `spec.${field}`, says: `closes ${word}: ${less.join("; ")}` }] : []),
      ];
    });
    return [...widened, ...isolation(before, after, language)];
  },
};

const without = (flows: readonly Flow[], others: readonly Flow[]): readonly Flow[] => flows.filter(({ exact }) => !others.some((other) => other.exact === exact));

function isolation(before: Manifest | undefined, after: Manifest, { selector, closing, closes }: Language): readonly Verdict[] {
  if (!before) return [];
  const selected = (policy: Manifest) => JSON.stringify(fieldOf(policy, "spec", selector));
  const other: readonly Verdict[] = selected(before) === selected(after) ? [] : [{ effect: "live change", field: `spec.${selector}`, opens: true, says: "it holds for other pods: those that it left are closed by the others that select them, or by none" }];
  const open = closes(before).filter((type) => !closes(after).includes(type));
  return open.length ? [...other, { effect: "live change", field: closing, opens: true, says: `it closes ${open.join(" and ")} no more` }] : other;
}

function gone({ cluster, namespace }: ObjectChange, { after }: Context, policy: Manifest, language: Language): readonly Verdict[] {
  const allowed = directions.flatMap((direction) => flowsOf(language, policy, direction).map(({ short }) => `${direction.word}: ${short}`));
  const left = after.objectsOn(cluster).filter((it) => it.namespace === namespace);
  // Where nothing is left that could have a pod, nothing is open.
  const isEmptied = left.every(({ manifest }) => manifest.kind === "Namespace" || (lossOf(manifest) !== undefined && podTemplateOf(manifest) === undefined));
  const open = isEmptied ? [] : language.closes(policy).filter((type) => !left.some(({ manifest }) => guards(manifest, type)));
  return [
    { effect: "live change", says: `Argo CD deletes it${allowed.length ? `, which closes ${allowed.join("; ")}` : ""}` },
    ...(open.length ? [{ effect: "live change" as const, opens: true as const, says: `nothing else closes ${open.join(" and ")} for every pod of the namespace` }] : []),
  ];
}

/** Whether a policy closes a direction for all pods of its namespace. */
function guards(manifest: Manifest, type: string): boolean {
  const language = languageOf(manifest.kind);
  return language !== undefined && Object.keys(fieldOf(manifest, "spec", language.selector) ?? {}).length === 0 && language.closes(manifest).includes(type);
}
