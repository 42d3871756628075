import { fieldOf, type Manifest } from "../../model/manifest";
import { fieldsNamed, type Field } from "./fields";
import { arrayOf } from "./violations";

/** An object that others name, wherever it stands on the cluster. */
export interface Named {
  readonly kind: string;
  readonly name: string;
  /** Of those that belong to a namespace. */
  readonly namespace?: string;
}

/** Fields that name an object of the cluster, or one for each of several parts, and its kind. */
const kinds: Readonly<Record<string, string>> = {
  storageClassName: "StorageClass",
  ingressClassName: "IngressClass",
  priorityClassName: "PriorityClass",
  priorityClassNames: "PriorityClass",
  runtimeClassName: "RuntimeClass",
  volumeSnapshotClassName: "VolumeSnapshotClass",
};
/** Fields that say kind and name themselves, once or in a list. Without a kind it is the first of these. */
const references: Readonly<Record<string, readonly string[]>> = {
  issuerRef: ["Issuer", "ClusterIssuer"],
  secretStoreRef: ["SecretStore", "ClusterSecretStore"],
  secretStoreRefs: ["SecretStore", "ClusterSecretStore"],
  generatorRef: ["Password", "ClusterGenerator"],
};
const fields: ReadonlySet<string> = new Set([...Object.keys(kinds), ...Object.keys(references)]);

const clusterWide = new Set([...Object.values(kinds), "ClusterIssuer", "ClusterSecretStore", "ClusterGenerator"]);
const wanted = new Set([...clusterWide, ...Object.values(references).flat()]);

/** Equal for those that are the same object of a cluster. */
export const keyOf = ({ kind, name, namespace = "" }: Named): string => `${kind} ${namespace} ${name}`;

/** An object of a kind that others name; undefined for every other one. */
export function namedAs({ kind, metadata }: Manifest, ownNamespace: string): Named | undefined {
  if (!wanted.has(kind)) return undefined;
  return clusterWide.has(kind) ? { kind, name: metadata.name } : { kind, name: metadata.name, namespace: metadata.namespace ?? ownNamespace };
}

/** The classes, issuers, secret stores and generators that an object names. */
export function namedBy(manifest: Manifest, ownNamespace: string): readonly Named[] {
  const namespace = manifest.metadata.namespace ?? ownNamespace;
  const issuer = (annotation: string, kind: string): readonly Named[] => {
    const name = manifest.metadata.annotations?.[`cert-manager.io/${annotation}`];
    return name === undefined ? [] : [{ kind, name, ...(kind === "Issuer" ? { namespace } : {}) }];
  };
  return [
    ...fieldsNamed(manifest, fields).flatMap((field) => reference(field, namespace)),
    // cert-manager's own answer to an Ingress: https://cert-manager.io/docs/usage/ingress/
    ...issuer("cluster-issuer", "ClusterIssuer"),
    ...issuer("issuer", "Issuer"),
  ];
}

function reference({ key, value }: Field, namespace: string): readonly Named[] {
  const kind = kinds[key];
  if (kind !== undefined) return (typeof value === "object" ? Object.values(value ?? {}) : [value]).flatMap((name) => (typeof name === "string" && name !== "" ? [{ kind, name }] : []));
  if (Array.isArray(value)) return arrayOf(value).flatMap((item) => reference({ key, value: item }, namespace));
  const name = fieldOf(value, "name");
  const said = String(fieldOf(value, "kind") ?? references[key]?.[0]);
  if (typeof name !== "string" || !wanted.has(said)) return [];
  return [{ kind: said, name, ...(clusterWide.has(said) ? {} : { namespace }) }];
}
