import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { DRILLS } from "../../../tools/control-plane/drills/drills";
import { documentedStep, documentedSteps } from "../../../tools/control-plane/run/documented-steps";

const root = path.join(__dirname, "../../..");
const folder = path.join(root, "tools/control-plane/drills");
const followed = readdirSync(folder).flatMap((file) => [...readFileSync(path.join(folder, file), "utf8").matchAll(/follow\("([a-z]+\.md)", "([^"]+)"/g)].map(([, document = "", words = ""]) => ({ document, words })));
const textOf = (document: string): string => readFileSync(path.join(root, "docs", document), "utf8");

test("every step that a drill performs stands in its document", () => {
  expect(followed.length).toBeGreaterThan(5);
  for (const { document, words } of followed) expect(documentedStep(textOf(document), words, document).blocks.flat().length).toBeGreaterThan(0);
});

test("every step that these documents mark as performed is performed by a drill", () => {
  for (const document of ["recovery.md", "adopting.md"])
    for (const { title } of documentedSteps(textOf(document))) expect(followed.filter((step) => step.document === document && title.startsWith(step.words))).not.toEqual([]);
});

test("each drill has a name of its own, and says what is true when it passes", () => {
  expect(new Set(DRILLS.map(({ name }) => name)).size).toBe(DRILLS.length);
  for (const { name, says } of DRILLS) expect([name, says]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/.{20}/)]);
});
