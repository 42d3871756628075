import { builtInKinds, type BuiltInKinds } from "./built-in-kinds";
import { definedKinds, importedKinds, type CustomResourceDefinition, type OperatorVersion } from "./custom-kinds";
import type { Kind } from "./kind";
import { nearest } from "../model/nearest";

/** The kinds of one cluster: its Kubernetes version's own and those of its operators. */
export interface Catalogue {
  readonly kind: (apiVersion: string, kind: string) => Kind | undefined;
  /** What was probably meant by a kind that is not there. */
  readonly nearest: (apiVersion: string, kind: string) => Kind | undefined;
}

/** Reads schemas when they are first needed and shares them among the catalogues of a lab's clusters. */
export interface SchemaLibrary {
  /**
   * The kinds of a cluster. Throws when there are no schemas for the Kubernetes minor version ("1.36") or for an
   * operator's version: both are pinned where `npm run import` generates them.
   * @param own CustomResourceDefinitions from elsewhere, such as those of an owner's own operator.
   */
  readonly catalogueOf: (kubernetes: string, operators: readonly OperatorVersion[], own?: readonly CustomResourceDefinition[]) => Catalogue;
}

/** @param importsDir the `imports` folder, wherever the engine is installed. */
export function schemaLibrary(importsDir: string): SchemaLibrary {
  const builtIn = remembered((kubernetes: string): BuiltInKinds => builtInKinds(importsDir, kubernetes));
  const imported = remembered((kubernetes: string, name: string, version: string) =>
    importedKinds({ name, version }, importsDir, builtIn(kubernetes).compiler),
  );
  return {
    catalogueOf: (kubernetes, operators, own = []) =>
      catalogueOf([
        ...builtIn(kubernetes).kinds,
        ...operators.flatMap(({ name, version }) => imported(kubernetes, name, version)),
        ...own.flatMap((definition) => definedKinds(definition, builtIn(kubernetes).compiler)),
      ]),
  };
}

function catalogueOf(kinds: readonly Kind[]): Catalogue {
  const byName = new Map(kinds.map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind]));
  return {
    kind: (apiVersion, kind) => byName.get(`${apiVersion} ${kind}`),
    nearest: (apiVersion, kind) => {
      const sameKind = kinds.find((known) => known.kind === kind);
      const similar = nearest(`${apiVersion} ${kind}`, byName.keys());
      return sameKind ?? (similar === undefined ? undefined : byName.get(similar));
    },
  };
}

function remembered<Key extends readonly string[], Value>(make: (...key: Key) => Value): (...key: Key) => Value {
  const made = new Map<string, Value>();
  return (...key) => {
    const id = key.join(" ");
    let value = made.get(id);
    if (value === undefined) made.set(id, (value = make(...key)));
    return value;
  };
}
