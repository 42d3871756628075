/** What config.toml is made of. A table comes after the plain values of its parent, as TOML wants it. */
export type TomlValue = string | number | boolean | readonly string[] | TomlTable | readonly TomlTable[];
export interface TomlTable {
  readonly [key: string]: TomlValue | undefined;
}

/** A table as TOML 1.0 writes it. Keys keep their order; what is undefined is left out. */
export const toml = (table: TomlTable): string => `${linesOf(table, []).join("\n")}\n`;

function linesOf(table: TomlTable, path: readonly string[]): readonly string[] {
  const entries = Object.entries(table).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return [
    ...entries.flatMap(([key, value]) => (isPlain(value) ? [`${keyOf(key)} = ${plain(value)}`] : [])),
    ...entries.flatMap(([key, value]) => (isPlain(value) ? [] : tablesOf([...path, key], value))),
  ];
}

function tablesOf(path: readonly string[], value: TomlTable | readonly TomlTable[]): readonly string[] {
  const name = path.map(keyOf).join(".");
  return isList(value) ? value.flatMap((it) => ["", `[[${name}]]`, ...linesOf(it, path)]) : ["", `[${name}]`, ...linesOf(value, path)];
}

type Plain = string | number | boolean | readonly string[];

const isList = (value: TomlTable | readonly TomlTable[]): value is readonly TomlTable[] => Array.isArray(value);

const isPlain = (value: TomlValue): value is Plain =>
  typeof value !== "object" || (Array.isArray(value) && value.every((it) => typeof it === "string"));

/** TOML's basic strings escape as JSON's do. https://toml.io/en/v1.0.0#string */
const plain = (value: Plain): string =>
  typeof value === "string" ? JSON.stringify(value) : typeof value === "object" ? `[${value.map((it) => JSON.stringify(it)).join(", ")}]` : String(value);

const keyOf = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));
