/**
 * A string as YAML that every parser reads alike. Argo CD and kubectl read with Go's YAML 1.1, reviewers' tools mostly
 * with 1.2: a word is left plain only where neither sees anything but a string.
 */

/**
 * Printable ASCII that starts harmlessly, with no `: `, no ` #`, no run of spaces and none at the end; and none of the
 * words that some parser of either version reads as a boolean, as nothing or as a number. One expression, because this is the hot path.
 */
const PLAIN =
  /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|-?inf(?:inity)?)$)(?:[a-z_/$(]|--?[a-z])(?:[!-9;-~]|:(?=[!-~])| (?=[!"$-~]))*$/i;

/** `300Gi`, `500m`, `15d`, `10.0.0.0/24`: they start like a number, and no number of either version looks like them. */
const QUANTITY = /^\d+(?:\.\d+)?(?:[ac-df-np-wyzAC-DF-NP-WYZ][A-Za-z]*|\.\d+\.\d+\/\d+)$/;

/** YAML 1.1's line breaks, controls beyond ASCII, and what a reviewer cannot see: invisible and direction-changing characters. */
const HIDDEN = String.raw`\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff`;
const EVERY_HIDDEN = new RegExp(`[${HIDDEN}]`, "g");
/** What must be escaped, except the line feed and the tab, which a block keeps. */
const ESCAPED = new RegExp(String.raw`[\0-\x08\x0b-\x1f${HIDDEN}]`);
/** With the `u` flag, surrogates match only where they are not one of a pair. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Parsers look for a key's colon on its own line and at most 1,024 characters ahead; quotes and escapes count. */
const LONGEST_IMPLICIT_KEY = 1000;

/**
 * A mapping's key with its colon; `pad` is the mapping's indentation.
 * Undefined where UTF-8, and so a file, cannot hold the text: half of a surrogate pair.
 */
export function keyOf(key: string, pad: string): string | undefined {
  if (isPlain(key) && !key.startsWith("-") && key.length <= LONGEST_IMPLICIT_KEY) return `${key}:`;
  if (LONE_SURROGATE.test(key)) return undefined;
  const text = quoted(key);
  return text.length <= LONGEST_IMPLICIT_KEY ? `${text}:` : `? ${text}\n${pad}:`;
}

/**
 * A value; text of several lines becomes a literal block where it survives that, its lines indented by `pad`, which is
 * two spaces deeper than its mapping or list. Undefined where UTF-8 cannot hold the text.
 */
export function valueOf(text: string, pad: string): string | undefined {
  if (isPlain(text)) return text;
  if (LONE_SURROGATE.test(text)) return undefined;
  return isLiteral(text) ? literal(text, pad) : quoted(text);
}

const isPlain = (text: string): boolean => PLAIN.test(text) || QUANTITY.test(text);

/** Text that ends in a blank line is quoted: parsers differ on it, and editors and end-of-file fixers take it away. */
const isLiteral = (text: string): boolean => text.includes("\n") && !/(?:^|\n)[ \t]*$/.test(text.replace(/\n$/, "")) && !ESCAPED.test(text);

/** The indentation is written out where the text's own first character would be taken for it. */
function literal(text: string, pad: string): string {
  const indicator = /^[ \t\n]/.test(text) ? "2" : "";
  const lines = text.replace(/^(?=[^\n])/gm, pad);
  return lines.endsWith("\n") ? `|${indicator}\n${lines.slice(0, -1)}` : `|${indicator}-\n${lines}`;
}

/** Single quotes where double quotes would have to escape much: JSON stays readable. */
function quoted(text: string): string {
  if (/["\\]/.test(text) && !/[\t\n]/.test(text) && !ESCAPED.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(EVERY_HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
