
/** Compact text with sorted keys, so that the same content is the same bytes whatever made it. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(value, sortedKeys)}\n`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
