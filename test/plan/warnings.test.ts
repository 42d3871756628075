import { error, warning } from "../../engine/model/finding";
import { planOf } from "../../engine/plan/plan";
import { jsonReport } from "../../engine/plan/report/json";
import { markdownReport } from "../../engine/plan/report/markdown";
import { textReport, type Report } from "../../engine/plan/report/text";
import { sideOf } from "../../engine/plan/side";
import { warningsBetween } from "../../engine/plan/warnings";
import { warningsPage, warningsPath } from "../../engine/emit/warnings-page";
import { synthesisOf } from "../labs";

const warned = (address: string) => warning({ rule: "no-backup", address, found: "a store\nand no backup", expected: "a backup", fix: "Choose one" });
const sideWith = (...addresses: readonly string[]) => new Map([[warningsPath, warningsPage(addresses.map(warned))]]);
const lineOf = (address: string) => `${address} (no-backup): a store and no backup; expected a backup. Choose one.`;

test("warnings that only one side has come and go; what both have is not told", () => {
  expect(warningsBetween(sideWith("one", "two"), sideWith("two", "three"))).toEqual({ come: [lineOf("three")], go: [lineOf("one")] });
  expect(warningsBetween(sideWith("one"), sideWith("one"))).toEqual({ come: [], go: [] });
  expect(warningsBetween(sideWith("one"), sideWith())).toEqual({ come: [], go: [lineOf("one")] });
});

test("of a lab that is new all come; of a base that an older engine wrote nobody knows", () => {
  expect(warningsBetween(new Map(), sideWith("one")).come).toEqual([lineOf("one")]);
  expect(warningsBetween(new Map([["dist/one/web/namespace.web.yaml", ""]]), sideWith("one"))).toEqual({ come: [], go: [] });
});

test("every report tells them, even where nothing else changes", () => {
  const report: Report = { lab: "lab", plan: planOf(sideOf(new Map()), sideOf(new Map())), base: "abc", warnings: warningsBetween(sideWith("one"), sideWith("two")), notes: [], acknowledged: { known: [], unknown: [], stale: [] } };
  for (const text of [textReport(report, { differences: 0 }), markdownReport(report)]) expect(text).toContain(`- ${lineOf("one")}\n+ ${lineOf("two")}\n`);
  expect(JSON.parse(jsonReport(report))).toMatchObject({ warnings: { come: [lineOf("two")], go: [lineOf("one")] } });
  expect(textReport({ ...report, warnings: { come: [], go: [] } }, { differences: 0 })).not.toContain("Warnings");
});

test("synth writes a page of its warnings, and of no errors", () => {
  const { findings, tree } = synthesisOf("lab");
  expect(tree.get(warningsPath)).toBe(warningsPage(findings));
  expect(warningsPage([error(warned("one"))])).toContain("Nothing.");
});
