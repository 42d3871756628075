/** One thing in an object that its schema does not allow. */
export interface Problem {
  /** Where, as one would write it: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

/** Where a walk through an object is, and what it has found so far. */
export class Place {
  readonly problems: Problem[] = [];
  private readonly segments: (string | number)[] = [];

  enter(segment: string | number): void {
    this.segments.push(segment);
  }

  leave(): void {
    this.segments.pop();
  }

  /** The field or index entered last; empty at the root. */
  get last(): string {
    return String(this.segments[this.segments.length - 1] ?? "");
  }

  report(found: string, expected: string): void {
    this.problems.push({ path: pathOf(this.segments), found, expected });
  }

  /** Reports about a field of the object at this place. */
  reportField(field: string, found: string, expected: string): void {
    this.problems.push({ path: pathOf([...this.segments, field]), found, expected });
  }
}

function pathOf(segments: readonly (string | number)[]): string {
  let path = "";
  for (const segment of segments) {
    if (typeof segment === "number") path += `[${segment}]`;
    else if (/^[\w-]+$/.test(segment)) path += path === "" ? segment : `.${segment}`;
    else path += `[${JSON.stringify(segment)}]`;
  }
  return path;
}

/** A value in a few words, for a message: long ones are cut. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (isObject(value)) return Object.keys(value).length === 0 ? "an empty object" : `an object with ${some(Object.keys(value), 4)}`;
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

/** The first few of a list of names, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** Whether a value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
