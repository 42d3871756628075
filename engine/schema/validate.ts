import type { Catalogue } from "./catalogue";
import type { Kind } from "./kind";
import { isObject, Place, shown, type Problem } from "./problem";

/**
 * What is wrong with an object by the schema of its kind, everything at once; empty when the API server's own
 * structural checks would pass. A kind that the catalogue does not know is a problem of its own. Fields that are
 * `undefined` count as absent; null is a problem wherever the schema does not say nullable, since it means nothing.
 */
export function validate(object: unknown, catalogue: Catalogue): readonly Problem[] {
  const place = new Place();
  if (!isObject(object)) {
    place.report(shown(object), "an object");
    return place.problems;
  }
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || typeof kind !== "string") {
    place.report(shown(object), "an object with apiVersion and kind");
    return place.problems;
  }
  const known = catalogue.kind(apiVersion, kind);
  if (known === undefined) place.report(`${apiVersion} ${kind}`, servedKind(catalogue.nearest(apiVersion, kind)));
  else known.check(object, place);
  return place.problems;
}

function servedKind(nearest: Kind | undefined): string {
  if (nearest === undefined) return "a kind of this cluster's Kubernetes version or of an operator that it runs";
  return `a kind that this cluster serves: did you mean ${nearest.apiVersion} ${nearest.kind}?`;
}
