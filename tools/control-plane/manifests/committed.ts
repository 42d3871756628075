import type { Built } from "../../../engine/model/built";
import type { Release } from "../../../engine/model/release";
import type { KubernetesObject } from "../kubernetes/object";

/** A release with the objects that are committed for it. */
export interface Committed {
  readonly release: Release;
  readonly manifests: readonly KubernetesObject[];
}

/** As proofs read it: what an object does not have is absent there, not undefined. */
export function builtOf({ release, manifests }: Committed): Built {
  const plain = manifests.map(({ metadata: { name, namespace, labels, annotations }, ...rest }) => ({
    ...rest,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) },
  }));
  return { release, manifests: plain, findings: [] };
}
