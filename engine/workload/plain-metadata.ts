import type { ApiObjectMetadataDefinition } from "cdk8s";
import type { Manifest } from "../model/manifest";

/** What nearly every object has and nothing else: names, and texts by name. */
const usual: ReadonlySet<string> = new Set(["name", "namespace", "labels", "annotations"]);

/**
 * An object's metadata as `metadata.toJson()` makes it, labels and annotations that were added later included. That walks all of
 * it twice, for lazy values and for empty ones: here only where something else than texts is found, and the rest is as it stands.
 */
export function plainMetadata(metadata: ApiObjectMetadataDefinition): Manifest["metadata"] {
  const { name, namespace } = metadata;
  const [labels, annotations] = [metadata["labels"], metadata["annotations"]];
  const isUsual = isText(name) && isText(namespace) && isTexts(labels) && isTexts(annotations) && isEmpty(metadata["finalizers"]) && isEmpty(metadata["ownerReferences"]);
  if (!isUsual || hasMore(metadata["_additionalAttributes"])) return metadata.toJson() as Manifest["metadata"];
  const plain: { name?: string; namespace?: string; labels?: Readonly<Record<string, string>>; annotations?: Readonly<Record<string, string>> } = {};
  if (name !== undefined) plain.name = name;
  if (namespace !== undefined) plain.namespace = namespace;
  if (!isEmpty(labels)) plain.labels = labels;
  if (!isEmpty(annotations)) plain.annotations = annotations;
  return plain as Manifest["metadata"];
}

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

function isTexts(named: Readonly<Record<string, unknown>>): boolean {
  for (const name in named) if (typeof named[name] !== "string") return false;
  return true;
}

function isEmpty(collection: object): boolean {
  for (const _ in collection) return false;
  return true;
}

function hasMore(attributes: Readonly<Record<string, unknown>>): boolean {
  for (const name in attributes) if (!usual.has(name) && attributes[name] !== undefined) return true;
  return false;
}
