import { createHash } from "node:crypto";
import { fieldOf, type Manifest } from "../model/manifest";

/** `ollama-pull-88f425b5`: what a Job is called whose app gave it a revision. */
const revisioned = /^(.+)-[0-9a-f]{8}$/;

/**
 * A Job with a revision is called after all that its pods are, and not only after what its app made of it: the API server never
 * lets a Job's pods change, so that another node, toleration or hardening under the same name would stop the whole sync.
 */
export const revised = (manifests: readonly Manifest[]): readonly Manifest[] =>
  manifests.map((manifest) => {
    const stem = manifest.kind === "Job" ? revisioned.exec(manifest.metadata.name)?.[1] : undefined;
    return stem === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, name: `${stem}-${revisionOf(manifest)}` } };
  });

const revisionOf = (job: Manifest): string => createHash("sha256").update(JSON.stringify([job.metadata.name, inOrder(fieldOf(job, "spec", "template"))])).digest("hex").slice(0, 8);

/** The same value with its keys sorted, so that nothing depends on the order in which they were written. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, inOrder(inner)]));
}
