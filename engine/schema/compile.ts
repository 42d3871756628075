import type { Definitions, JsonSchema } from "./json-schema";
import { listCheck } from "./list-check";
import { objectCheck } from "./object-check";
import { Place, shown } from "./problem";
import { enumCheck, numberCheck, stringCheck, typeOf } from "./scalar-check";

/** Reports to a place what is wrong with the value there. */
export type Check = (value: unknown, place: Place) => void;

/** What schemas may refer to beside themselves. */
export interface Surroundings {
  readonly definitions: Definitions;
  /** Checks of our own on top of a definition's, by its name: ObjectMeta's label syntax, for one. */
  readonly besides: { readonly [definition: string]: Check };
  /** The definition that holds for the metadata of an embedded resource, whose own schema only says "object". */
  readonly metadata: string;
}

/**
 * Turns schemas into functions that walk values directly (a general JSON Schema compiler takes 26 s for the schemas of
 * a lab). Definitions are remembered: all kinds share one pod template. CEL rules (x-kubernetes-validations) are left to
 * the API server.
 */
export class Compiler {
  private readonly named = new Map<string, Check>();

  constructor(private readonly around: Surroundings) {}

  /** A schema's check. Unknown fields are reported. */
  readonly compile = (schema: JsonSchema): Check => this.checkOf(schema, true);

  /** The check of a definition; a name that the definitions lack throws at first use. */
  reference(name: string): Check {
    return lazily(() => {
      let check = this.named.get(name);
      if (check === undefined) this.named.set(name, (check = this.definition(name)));
      return check;
    });
  }

  /** `closed` is false inside allOf, anyOf, oneOf and not: those add to a schema and repeat only parts of it. */
  private checkOf(schema: JsonSchema, closed: boolean): Check {
    if (schema.$ref !== undefined) return this.reference(schema.$ref);
    const type = typeOf(schema);
    const within = (inner: JsonSchema): Check => lazily(() => this.checkOf(inner, closed));
    const checks = [
      enumCheck(schema),
      stringCheck(schema),
      numberCheck(schema),
      listCheck(schema, within, (item) => this.resolve(item)),
      objectCheck(schema, within, closed, this.reference(this.around.metadata)),
      ...this.combinations(schema),
    ].filter((check) => check !== undefined);
    return (value, place) => {
      if (value === null && schema.nullable === true) return;
      if (!type.allows(value)) return place.report(shown(value), type.expected);
      for (const check of checks) check(value, place);
    };
  }

  private definition(name: string): Check {
    const check = this.checkOf(this.resolve({ $ref: name }), true);
    const besides = this.around.besides[name];
    if (besides === undefined) return check;
    return (value, place) => {
      check(value, place);
      besides(value, place);
    };
  }

  private resolve(schema: JsonSchema): JsonSchema {
    if (schema.$ref === undefined) return schema;
    const found = this.around.definitions[schema.$ref];
    if (found === undefined) throw new Error(`no schema named ${schema.$ref}`);
    return found;
  }

  private combinations(schema: JsonSchema): readonly Check[] {
    const open = (inner: JsonSchema): Check => this.checkOf(inner, false);
    const checks = (schema.allOf ?? []).map(open);
    if (schema.anyOf !== undefined) checks.push(countCheck(schema.anyOf.map(open), "at least one", (passing) => passing > 0));
    if (schema.oneOf !== undefined) checks.push(countCheck(schema.oneOf.map(open), "exactly one", (passing) => passing === 1));
    if (schema.not !== undefined) checks.push(notCheck(open(schema.not)));
    return checks;
  }
}

/** A check that is made when a value first needs it: most of a schema is never reached. */
function lazily(make: () => Check): Check {
  let made: Check | undefined;
  return (value, place) => {
    made ??= make();
    made(value, place);
  };
}

function countCheck(alternatives: readonly Check[], howMany: string, enough: (passing: number) => boolean): Check {
  return (value, place) => {
    const found = alternatives.map((check) => problemsOf(check, value));
    const failed = found.filter((problems) => problems.length > 0);
    if (enough(found.length - failed.length)) return;
    const wanted = failed.map(([first]) => (first!.path === "" ? first!.expected : `${first!.path}: ${first!.expected}`));
    place.report(shown(value), wanted.length === 0 ? `${howMany} of the alternatives` : `${howMany} of: ${wanted.join("; ")}`);
  };
}

function notCheck(check: Check): Check {
  return (value, place) => {
    if (problemsOf(check, value).length === 0) place.report(shown(value), "anything but that");
  };
}

function problemsOf(check: Check, value: unknown): Place["problems"] {
  const aside = new Place();
  check(value, aside);
  return aside.problems;
}
