import type { Consequence, Context, ObjectChange, Verdict } from "./change";
import { comesNew } from "./comes-new";
import { rules } from "./rules";

/** What a change of an object comes to. Where no rule has anything to say, it is what Argo CD and Kubernetes do with any object. */
export function consequencesOf(change: ObjectChange, context: Context): readonly Consequence[] {
  const said = rules.flatMap(({ name, judge }) => judge(change, context).map((verdict) => ({ ...verdict, rule: name })));
  const spoken = said.length > 0 ? said : [ordinary(change)];
  return spoken.map(({ opens, ...verdict }) => ({ ...verdict, ...(opens ? (comesNew(change, context) ? { brings: true } : { opens }) : {}), address: change.address, object: change.object }));
}

const ordinary = ({ fate }: ObjectChange): Verdict & { readonly rule: string } =>
  fate === "create" ? { effect: "live change", rule: "created", says: "is made" } : { effect: "live change", rule: "applied", says: "changes in place" };
