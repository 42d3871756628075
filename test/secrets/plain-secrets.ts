import { parseAllDocuments } from "yaml";
import { fieldOf } from "../../engine/model/manifest";

/** What SOPS writes in place of a value. https://getsops.io/docs/#encrypting */
const encrypted = /^ENC\[AES256_GCM,data:[\w+/=]*,iv:[\w+/=]+,tag:[\w+/=]+,type:\w+\]$/;

/** The values of Secrets in a YAML or JSON text that can be read as they stand, as `Secret/name: key`. */
export function plainSecretsIn(text: string): readonly string[] {
  if (!/["']?kind["']?\s*:\s*["']?Secret(List)?\b/.test(text)) return [];
  return parseAllDocuments(text)
    .flatMap((document): readonly unknown[] => {
      const object: unknown = document.toJS();
      const items: unknown = fieldOf(object, "items");
      return Array.isArray(items) ? items : [object];
    })
    .filter((object) => fieldOf(object, "kind") === "Secret")
    .flatMap((secret) =>
      ["data", "stringData"].flatMap((field) =>
        Object.entries(fieldOf(secret, field) ?? {})
          .filter(([, value]) => !(isSealed(secret) && typeof value === "string" && encrypted.test(value)))
          .map(([key]) => `Secret/${String(fieldOf(secret, "metadata", "name"))}: ${key}`),
      ),
    );
}

/** Whether a text is a file of SOPS that somebody's age key opens, and whose every value was encrypted. */
export function isSealedFile(text: string): boolean {
  const documents = parseAllDocuments(text).map((document): unknown => document.toJS());
  return documents.length > 0 && documents.every((it) => fieldOf(it, "kind") === "Secret" && isSealed(it)) && plainSecretsIn(text).length === 0;
}

const isSealed = (object: unknown): boolean => encrypted.test(String(fieldOf(object, "sops", "mac"))) && String(fieldOf(object, "sops", "age", 0, "recipient")).startsWith("age1");
