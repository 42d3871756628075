/** Items by a key, in the order of their first items. */
export function groupsOf<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The groups of two or more items that share a key. */
export const repeated = <T>(items: Iterable<T>, keyOf: (item: T) => string): readonly (readonly [key: string, items: readonly T[]])[] =>
  [...groupsOf(items, keyOf)].filter(([, group]) => group.length > 1);
