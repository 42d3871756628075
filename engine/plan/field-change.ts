/** A field whose value differs. A list whose items have names is compared by name: a step `[ollama]` is the item called so. */
export interface FieldChange {
  readonly path: readonly string[];
  /** Undefined where there was none. */
  readonly before: unknown;
  readonly after: unknown;
}

/** `spec.template.spec.containers[ollama].image`. A step with a dot of its own stands in quotes. */
export const pathText = (path: readonly string[]): string =>
  path.reduce((text, step) => (step.startsWith("[") ? `${text}${step}` : `${text}${text ? "." : ""}${/[./]/.test(step) ? JSON.stringify(step) : step}`), "");

/** Whether a path is another or leads on from it: `spec.template` covers everything in the pod. */
export const isUnder = (path: readonly string[], ...start: readonly string[]): boolean => start.every((step, index) => path[index] === step);

/** Every field that differs between two values, deepest first where both sides have something there. */
export function fieldChanges(before: unknown, after: unknown, path: readonly string[] = []): readonly FieldChange[] {
  if (Object.is(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => fieldChanges(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  return [{ path, before, after }];
}

/** The same with every value that came or went as a whole taken apart: a rule about one field holds also where all around it is new. */
export function leavesOf({ path, before, after }: FieldChange): readonly FieldChange[] {
  const whole = isRecord(before) ? before : isRecord(after) ? after : undefined;
  if (whole === undefined || (before !== undefined && after !== undefined) || Object.keys(whole).length === 0) return [{ path, before, after }];
  return Object.entries(whole).flatMap(([key, value]) => leavesOf({ path: [...path, key], before: before === undefined ? undefined : value, after: after === undefined ? undefined : value }));
}

function listChanges(before: readonly unknown[], after: readonly unknown[], path: readonly string[]): readonly FieldChange[] {
  const key = nameKey([before, after]);
  if (key !== undefined) {
    const [old, now] = [byName(before, key), byName(after, key)];
    const changes = fieldChanges(old, now, []).map((change) => ({ ...change, path: [...path, `[${change.path[0] ?? ""}]`, ...change.path.slice(1)] }));
    // Pods notice the order of containers and variables, and nothing else may tell that it changed.
    return changes.length > 0 || same(Object.keys(old), Object.keys(now)) ? changes : [{ path: [...path, "[order]"], before: Object.keys(old), after: Object.keys(now) }];
  }
  if (same(before, after)) return [];
  if (before.length === after.length && before.every(isRecord) && after.every(isRecord)) {
    return before.flatMap((item, index) => fieldChanges(item, after[index], [...path, `[${index}]`]));
  }
  return [{ path, before, after }];
}

/** The field by which all items of both lists can be told apart. */
function nameKey(lists: readonly (readonly unknown[])[]): string | undefined {
  if (lists.every((list) => list.length === 0) || !lists.every((list) => list.every(isRecord))) return undefined;
  return ["name", "id", "key", "mountPath", "host", "port", "containerPort", "interface"].find((key) =>
    lists.every((list) => {
      const names = list.map((item) => (isRecord(item) ? item[key] : undefined));
      return names.every((name) => typeof name === "string" || typeof name === "number") && new Set(names.map(String)).size === names.length;
    }),
  );
}

const byName = (list: readonly unknown[], key: string): Readonly<Record<string, unknown>> => Object.fromEntries(list.flatMap((item) => (isRecord(item) ? [[String(item[key]), item]] : [])));

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
