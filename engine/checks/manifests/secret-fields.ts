import { fieldOf, type Manifest } from "../../model/manifest";
import { fieldsNamed, type Field } from "./fields";

/** A key of a Secret that a custom resource reads, in its own namespace. */
export interface SecretField {
  readonly name: string;
  readonly key: string;
  /** Whoever reads it makes it where it is missing. */
  readonly isMade: boolean;
}

/** Fields of custom resources that name a Secret's key, whatever the operator. */
export const readsSecrets: ReadonlySet<string> = new Set(["secretKeyRef", "urlSecret", "credential", "credentials", "privateKeySecretRef", "apiTokenSecretRef", "additionalScrapeConfigs", "authorization", "passwordSecret"]);

/** An account's key at a certificate authority: https://cert-manager.io/docs/configuration/acme/#private-keys */
const made = "privateKeySecretRef";

/** The keys that an object reads; none where it is no custom resource, or belongs to no namespace. */
export const askedByCustom = (manifest: Manifest): readonly SecretField[] =>
  manifest.apiVersion.includes(".") && manifest.metadata.namespace !== undefined ? fieldsNamed(manifest, readsSecrets).flatMap(secretIn) : [];

/** What one of these fields reads; nothing where it may be missing. */
export function secretIn({ key: field, value }: Field): readonly SecretField[] {
  const [name, key] = [fieldOf(value, "name"), fieldOf(value, "key")];
  return typeof name === "string" && typeof key === "string" && fieldOf(value, "optional") !== true ? [{ name, key, isMade: field === made }] : [];
}
