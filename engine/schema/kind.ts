import type { Check } from "./compile";
import { checkName } from "./object-meta";
import { isObject, shown, type Place } from "./problem";

/** Which kind of object, and where such objects live. */
export interface KindName {
  /** As objects write it: "apps/v1", "v1". */
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A kind that a cluster serves. */
export interface Kind extends KindName {
  /** Reports what is wrong with an object of this kind; its schema is read and compiled at the first call. */
  readonly check: Check;
}

/** @param schemaCheck makes the check of the kind's schema. */
export function kindOf(name: KindName, schemaCheck: () => Check): Kind {
  let made: Check | undefined;
  return {
    ...name,
    check: (object, place) => {
      made ??= schemaCheck();
      made(object, place);
      place.enter("metadata");
      checkIdentity(isObject(object) ? object["metadata"] : undefined, name, place);
      place.leave();
    },
  };
}

function checkIdentity(metadata: unknown, { apiVersion, kind, namespaced }: KindName, place: Place): void {
  const { name, generateName, namespace } = isObject(metadata) ? metadata : {};
  if (typeof name === "string") checkName(name, apiVersion, kind, place);
  else if (name === undefined && generateName === undefined) place.reportField("name", "nothing", "a name");
  if (!namespaced && namespace !== undefined) {
    place.reportField("namespace", shown(namespace), `no namespace: a ${kind} belongs to the whole cluster`);
  }
}
