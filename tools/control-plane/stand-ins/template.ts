/** `{{ .value }}`, or `{{ .value | filterPEM "CERTIFICATE" }}`: all that our templates say. */
const expression = /\{\{-?\s*\.(\w+)\s*(?:\|\s*filterPEM\s+"([A-Z ]+)"\s*)?-?\}\}/g;

/** What External Secrets makes of a template; undefined where it says more than is known here. */
export function filledTemplate(template: string, values: Readonly<Record<string, string>>): string | undefined {
  const text = template.replace(expression, (_, key: string, kind: string | undefined) => (kind === undefined ? (values[key] ?? "") : blocksOf(values[key] ?? "", kind)));
  return text.includes("{{") ? undefined : text;
}

/** The PEM blocks of one kind, in their order. https://external-secrets.io/v2.9.0/guides/templating/#helper-functions */
const blocksOf = (pem: string, kind: string): string => (pem.match(new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----\n`, "g")) ?? []).join("");
