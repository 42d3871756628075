/** What a string has to look like, in words and as a test. */
export interface Form {
  readonly expected: string;
  readonly allows: (text: string) => boolean;
}

/** resource.Quantity: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantityPattern = /^[+-]?(\d+|\d+\.\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** An amount of a resource, such as `500m`, `1.5Gi` or `2`. */
export const quantity: Form = { expected: 'a quantity such as "500m" or "1Gi"', allows: (text) => quantityPattern.test(text) };

const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4Pattern = new RegExp(`^${octet}(\\.${octet}){3}$`);

/** The formats that the API server checks in strings; any other format says nothing about a value. */
export const stringForms: { readonly [format: string]: Form } = {
  byte: { expected: "base64", allows: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) },
  "date-time": {
    expected: 'a time such as "2026-01-31T12:00:00Z"',
    allows: (text) => /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  },
  ipv4: { expected: "an IPv4 address", allows: (text) => ipv4Pattern.test(text) },
  quantity,
};

/** The whole numbers that a numeric format can hold; the wider ones are beyond what JSON numbers hold anyway. */
export const integerRanges: { readonly [format: string]: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

/**
 * A schema's pattern as JavaScript's: the API server reads RE2, whose inline `(?i)` JavaScript lacks. The flag then
 * covers the whole pattern, so that a little more is allowed here than there, never less.
 */
export function patternOf(pattern: string): RegExp {
  return pattern.includes("(?i)") ? new RegExp(pattern.replaceAll("(?i)", ""), "i") : new RegExp(pattern);
}
