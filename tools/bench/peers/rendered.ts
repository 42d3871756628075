import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** What a tool wrote, parsed: objects by kind and name, each as JSON with sorted keys, so that two tools can be compared. */
export function rendered(output: string): ReadonlyMap<string, string> {
  const files = statSync(output).isDirectory() ? readdirSync(output).map((file) => join(output, file)) : [output];
  const documents = files.flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((document): unknown => document.toJS()));
  const objects = documents.filter((document): document is Named => typeof document === "object" && document !== null);
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, JSON.stringify(sorted(object))]));
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

/** The first difference between two tools' objects in words, or undefined. */
export function difference(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string | undefined {
  if (one.size !== other.size) return `${one.size} objects and ${other.size}`;
  for (const [name, object] of one) if (other.get(name) !== object) return `${name}:\n${object}\n${other.get(name)}`;
  return undefined;
}
