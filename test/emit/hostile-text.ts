import * as fc from "fast-check";

/** What some YAML parser has once misread, and pieces from which more of it grows. */
const PIECES = [
  ..."yes|no|on|off|y|n|true|false|null|~|NULL|True|.inf|-.inf|.nan|inf|=|<<|---|...|- |? |: | #|#|:|- -|key: value|{|}|[|]|,|&a|*a|!t|!!str|%TAG|@|`|'|\"|\\|>|\\n".split("|"),
  "|", "|-", "0", "1", "-1", "+1", "0x1f", "0o17", "017", "0b1", "1_000", "12:30", "190:20:30", "1e3", "1.5e+3", "1.", ".5", "-0", "1.2.3", "10.0.0.1", "10.0.0.0/24",
  "2026-01-01", "2026-01-01T00:00:00Z", "300Gi", "500m", "15d", "5E3", "system:auth-delegator", "--flag=value", "-c", "http://host:80/x", "$(VAR)", "{{ template }}",
  " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\ufffd", "\ufffe", "\u200b", "\u202e",
  "é", "日本", "🦙", "a", "b c", "x\ny\n", "  indented", "__proto__", "constructor",
];

const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((parts) => parts.join(""));
const unicode = fc.string({ unit: "binary", maxLength: 12 });
const lines = fc.array(fc.oneof(fc.constantFrom("", " ", "  ", "\t", "a: b", "  - x", "# no comment"), fc.string({ maxLength: 8 })), { maxLength: 8 }).map((all) => all.join("\n"));
const long = fc.tuple(pieces, fc.integer({ min: 900, max: 1400 })).map(([text, length]) => text + "k".repeat(length));

/** Text that YAML parsers are prone to misread; always well-formed Unicode. */
export const hostileText = fc.oneof({ weight: 5, arbitrary: pieces }, { weight: 3, arbitrary: lines }, { weight: 2, arbitrary: unicode }, { weight: 1, arbitrary: long });

const leaf = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom<unknown>(0, 1e21, 1e-7, -1.5e300, 2 ** 53, true, false, null),
);

/** Plain data of any shape with hostile keys and values. */
export const hostileValue = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, tie("map"), tie("list")),
  map: fc.dictionary(hostileText, tie("value"), { maxKeys: 4 }),
  list: fc.array(tie("value"), { maxLength: 4 }),
}));
