import { fieldOf } from "../../model/manifest";
import type { Verdict } from "../change";
import { fieldChanges, isUnder, leavesOf, pathText, type FieldChange } from "../field-change";
import { listAt } from "../list-at";
import type { Side } from "../side";
import { fieldsOf, forceNew } from "./force-new";
import type { OutsideChange } from "./outside-change";
import { sweptAlong } from "./swept";
import { ofMachine } from "./virtual-machine";

const stacks = /^infra\/out\/([^/]+)\/cdk\.tf\.json$/;

/** What `terraform apply` would make, change, replace or destroy, stack by stack. */
export function terraformChanges(before: Side, after: Side): readonly OutsideChange[] {
  const paths = [...new Set([...before.tree.keys(), ...after.tree.keys()])].filter((path) => stacks.test(path)).sort();
  return paths.filter((path) => before.tree.get(path) !== after.tree.get(path)).flatMap((path) => {
    const address = `infra/${stacks.exec(path)?.[1] ?? ""}`;
    if (!after.tree.has(path)) return [left(address, path)];
    const [was, is] = [resourcesIn(before.value(path)), resourcesIn(after.value(path))];
    const names = [...new Set([...was.keys(), ...is.keys()])].sort();
    const replaced = names.filter((object) => was.has(object) && is.has(object) && decidingOf(object, is.get(object), fieldChanges(was.get(object), is.get(object))) !== undefined);
    const swept = sweptAlong(new Map([...is].filter(([object]) => was.has(object))), new Set(replaced));
    const resources = names.flatMap((object): readonly OutsideChange[] => {
      const [old, now] = [was.get(object), is.get(object)];
      const fields = old && now ? fieldChanges(old, now) : [];
      const along = swept.get(object);
      if (old && now && fields.length === 0 && along === undefined) return [];
      return [{ address, object, path, fields, how: old === undefined ? "added" : now === undefined ? "removed" : "changed", verdicts: verdictsOf(object, old, now, fields, along).map((verdict) => ({ ...verdict, rule: "terraform" })) }];
    });
    return [...resources, ...settings(address, path, before.value(path), after.value(path))];
  });
}

/** Nobody runs what is not there: only the stack's state still knows what it made. */
const left = (address: string, path: string): OutsideChange => ({
  address,
  object: path,
  path,
  fields: [],
  how: "removed",
  verdicts: [{ effect: "live change", rule: "terraform", says: "the stack is written no more: what it made stays, and costs what it costs, until somebody destroys it from an earlier commit (terraform destroy)" }],
});

function resourcesIn(stack: unknown): ReadonlyMap<string, unknown> {
  const types = Object.entries(fieldOf(stack, "resource") ?? {}) as readonly (readonly [string, object])[];
  return new Map(types.flatMap(([type, named]) => Object.entries(named).map(([name, block]): [string, unknown] => [`${type}.${name}`, block])));
}

/** The field that differs by which Terraform makes a resource anew. */
const decidingOf = (object: string, now: unknown, fields: readonly FieldChange[]): string | undefined => {
  const deciding = fieldsOf(object, now);
  const found = fields.flatMap(leavesOf).find(({ path }) => deciding.some((field) => isUnder(path, ...field)));
  return found && pathText(found.path);
};

function verdictsOf(object: string, old: unknown, now: unknown, fields: readonly FieldChange[], along: string | undefined): readonly Verdict[] {
  const type = object.split(".")[0] ?? "";
  const known = forceNew[type];
  if (now === undefined) return [destroyed(known?.loss, known?.used)];
  if (old === undefined) return [{ effect: "live change", says: "Terraform makes it" }, ...granted(type, old, now)];
  const deciding = decidingOf(object, now, fields) ?? along;
  const protectedNow = fieldOf(now, "lifecycle", "prevent_destroy") === true;
  const replaced: readonly Verdict[] = deciding ? [replacedBy(deciding, known?.loss, known?.used, protectedNow)] : [];
  const verdicts = [...replaced, ...unguarded(old, now, known?.loss), ...ofBucket(type, old, now), ...(deciding ? [] : ofMachine(type, fields)), ...granted(type, old, now)];
  return verdicts.length > 0 ? verdicts : [{ effect: "live change", says: "Terraform changes it in place" }];
}

/** Somebody is given a role, or another one. */
function granted(type: string, old: unknown, now: unknown): readonly Verdict[] {
  const gift = (block: unknown) => `${String(fieldOf(block, "role"))} to ${String(fieldOf(block, "member"))}`;
  return type.endsWith("_iam_member") && (old === undefined || gift(old) !== gift(now)) ? [{ effect: "live change", opens: true, says: `gives ${gift(now)}` }] : [];
}

const destroyed = (loss: string | undefined, used: string | undefined): Verdict =>
  loss ? { effect: "data at risk", says: `Terraform destroys it, and with it ${loss}: a prevent_destroy that leaves with it holds nothing back` } : used ? { effect: "outage", says: `Terraform destroys it: ${used}` } : { effect: "live change", says: "Terraform destroys it" };

function replacedBy(field: string, loss: string | undefined, used: string | undefined, isProtected: boolean): Verdict {
  if (isProtected) return { effect: loss ? "data at risk" : "recreate", field, refused: true, says: `it can only be destroyed and made anew${loss ? `, and with it ${loss}` : ""}; prevent_destroy stops the run` };
  return loss ? { effect: "data at risk", field, says: `Terraform destroys it and makes it anew, and with it ${loss}` } : { effect: "recreate", field, says: `Terraform destroys it and makes it anew${used ? `: ${used}` : ""}` };
}

function unguarded(old: unknown, now: unknown, loss: string | undefined): readonly Verdict[] {
  const guard = (block: unknown) => fieldOf(block, "lifecycle", "prevent_destroy") === true;
  return loss && guard(old) && !guard(now) ? [{ effect: "data at risk", field: "lifecycle.prevent_destroy", says: `nothing stops Terraform from destroying it any more, and with it ${loss}` }] : [];
}

function ofBucket(type: string, old: unknown, now: unknown): readonly Verdict[] {
  if (type !== "google_storage_bucket") return [];
  const ages = (block: unknown) => listAt(block, "lifecycle_rule").filter((rule) => fieldOf(rule, "action", "type") === "Delete").map((rule) => Number(fieldOf(rule, "condition", "age") ?? fieldOf(rule, "condition", "days_since_noncurrent_time") ?? 0));
  const least = (block: unknown) => Math.min(...ages(block), Number.POSITIVE_INFINITY);
  const period = (block: unknown) => Number(fieldOf(block, "retention_policy", "retention_period") ?? 0);
  const verdicts: readonly (Verdict | undefined)[] = [
    fieldOf(old, "force_destroy") !== true && fieldOf(now, "force_destroy") === true ? { effect: "data at risk", field: "force_destroy", says: "a bucket that is destroyed takes its objects along from now on" } : undefined,
    least(now) < least(old) ? { effect: "data at risk", field: "lifecycle_rule", says: `objects are deleted after ${least(now)} days` } : undefined,
    period(now) < period(old) ? { effect: "data at risk", field: "retention_policy", says: "objects may be deleted or overwritten earlier" } : undefined,
    fieldOf(old, "versioning", "enabled") === true && fieldOf(now, "versioning", "enabled") !== true ? { effect: "data at risk", field: "versioning", says: "what is overwritten or deleted is gone" } : undefined,
  ];
  return verdicts.filter((it) => it !== undefined);
}

/** Where a stack keeps its state, and by which provider. */
function settings(address: string, path: string, before: unknown, after: unknown): readonly OutsideChange[] {
  const fields = before === undefined || after === undefined ? [] : ["terraform", "provider", "variable"].flatMap((part) => fieldChanges(fieldOf(before, part), fieldOf(after, part), [part]));
  if (fields.length === 0) return [];
  const backend = fields.find((field) => isUnder(field.path, "terraform", "backend"));
  const verdict: Verdict = backend
    ? { effect: "outage", field: pathText(backend.path), says: "Terraform looks for its state elsewhere: until the state is moved there, it would make everything a second time" }
    : { effect: "live change", field: pathText(fields[0]?.path ?? []), says: "what Terraform runs with changes" };
  return [{ address, object: path, path, fields, how: "changed", verdicts: [{ ...verdict, rule: "terraform" }] }];
}
