/** Under which a value that holds functions keeps what it was made from. */
const madeFrom = Symbol("made from");

/** A function of the engine or the catalogue, and what it was given. */
export interface Recipe {
  readonly by: object;
  readonly from: readonly unknown[];
}

/**
 * Makes a function's results tell what they were made from. Functions cannot be compared from one run to the next, and what
 * providers and apps hold are functions; the same function of the same program, given the same, makes the same. No result can be
 * changed, and a copy of one tells nothing: that may have been.
 */
export function recipe<Given extends readonly unknown[], Made extends object>(make: (...given: Given) => Made): (...given: Given) => Made {
  const by = (...from: Given): Made => {
    const made = make(...from);
    // Another recipe's result is that one's.
    const own = Object.isFrozen(made) ? { ...made } : made;
    return Object.freeze(Object.defineProperty(own, madeFrom, { value: { by, from } satisfies Recipe }));
  };
  return by;
}

/** What a value was made from, where it can tell. */
export const recipeOf = (value: object): Recipe | undefined => (Object.hasOwn(value, madeFrom) ? (Reflect.get(value, madeFrom) as Recipe) : undefined);
