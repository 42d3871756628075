import { filledIn } from "../../tools/operators/scenarios/external-secrets";

test("a value from the vault stands where the template says", () => {
  expect(filledIn("key={{ .value }}", "key=abc", "abc", 0)).toBe(true);
  expect(filledIn("key={{ .value }}", "key=other", "abc", 0)).toBe(false);
  expect(filledIn("{{ .value }}", undefined, "abc", 0)).toBe(false);
});

test("a new value is letters and digits of the generator's length", () => {
  expect(filledIn("a:{{ .value }};b:{{ .value }}", "a:x1y2;b:x1y2", undefined, 4)).toBe(true);
  expect(filledIn("{{ .value }}", "x1y2z", undefined, 4)).toBe(false);
  expect(filledIn("{{ .value }}", "x1 2", undefined, 4)).toBe(false);
  expect(filledIn("a:{{ .value }};b:{{ .value }}", "a:x1y2;b:x1y3", undefined, 4)).toBe(false);
});

test("what no value stands in is as it is written", () => {
  expect(filledIn("admin", "admin", undefined, 4)).toBe(true);
  expect(filledIn("admin", "root", undefined, 4)).toBe(false);
});

test("of several PEM blocks, those of the kind that the template says", () => {
  const pem = (kind: string, text: string) => `-----BEGIN ${kind}-----\n${text}\n-----END ${kind}-----\n`;
  const value = pem("PRIVATE KEY", "k") + pem("CERTIFICATE", "a") + pem("CERTIFICATE", "b");
  expect(filledIn('{{ .value | filterPEM "CERTIFICATE" }}', pem("CERTIFICATE", "a") + pem("CERTIFICATE", "b"), value, 0)).toBe(true);
  expect(filledIn('{{ .value | filterPEM "PRIVATE KEY" }}', pem("PRIVATE KEY", "k"), value, 0)).toBe(true);
  expect(filledIn('{{ .value | filterPEM "CERTIFICATE" }}', value, value, 0)).toBe(false);
});
