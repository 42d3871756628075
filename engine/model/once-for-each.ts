/**
 * What is asked of the same object again and again, by one check after another: found once, and known as long as the object is.
 * @param find depends on nothing but the object, which never changes
 */
export function onceForEach<Of extends object, Found>(find: (of: Of) => Found): (of: Of) => Found {
  const known = new WeakMap<Of, { readonly found: Found }>();
  return (of) => {
    const before = known.get(of);
    if (before) return before.found;
    const found = find(of);
    known.set(of, { found });
    return found;
  };
}
