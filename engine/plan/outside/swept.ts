import { fieldOf } from "../../model/manifest";
import { fieldsOf } from "./force-new";

type Resources = ReadonlyMap<string, unknown>;

/**
 * Resources that Terraform makes anew because a field that decides over them comes from one that is made anew, by the name of that
 * field: what a provider computes (`${google_kms_key_ring.ring.id}`) is not known before, and what is not known may differ.
 */
export function sweptAlong(resources: Resources, replaced: ReadonlySet<string>): ReadonlyMap<string, string> {
  const more = [...resources].flatMap(([object, block]): readonly (readonly [string, string])[] => {
    const field = replaced.has(object) ? undefined : fieldsOf(object, block).find((path) => unknowns(fieldOf(block, ...path), resources).some((it) => replaced.has(it)));
    return field === undefined ? [] : [[object, field.join(".")]];
  });
  return more.length === 0 ? new Map() : new Map([...more, ...sweptAlong(resources, new Set([...replaced, ...more.map(([object]) => object)]))]);
}

/** The resources of which a value holds something that their own block does not say. */
function unknowns(value: unknown, resources: Resources): readonly string[] {
  const references = [...JSON.stringify(value ?? "").matchAll(/\$\{([a-z_0-9]+\.[\w-]+)\.(\w+)/g)];
  return references.flatMap(([, object = "", attribute = ""]) => (resources.has(object) && fieldOf(resources.get(object), attribute) === undefined ? [object] : []));
}
