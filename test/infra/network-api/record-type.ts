/** What one kind of record takes, as the model of the product that keeps it says. */
export interface RecordType {
  /** Every field, with the values that it takes. */
  readonly fields: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly required: readonly string[];
}

/** What is wrong with a record: a field that is not there, one that nobody knows, a value that is refused. */
export function faultsOf(record: Readonly<Record<string, unknown>>, { fields, required }: RecordType): readonly string[] {
  return [
    ...required.filter((name) => record[name] === undefined || record[name] === "").map((name) => `${name} is required`),
    ...Object.entries(record).flatMap(([name, value]) => {
      const takes = fields[name];
      if (takes === undefined) return [`${name} is unknown`];
      return takes(value) ? [] : [`${name} = ${JSON.stringify(value)} is refused`];
    }),
  ];
}

export const matching =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === "string" && pattern.test(value);
export const among = (...values: readonly (string | number | boolean)[]) => (value: unknown): boolean => values.some((it) => it === value);
export const text = (longest: number) => (value: unknown): boolean => typeof value === "string" && value.length > 0 && value.length <= longest;
export const flag = among(true, false);
