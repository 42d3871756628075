import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shelf } from "../../engine/memory/kept";

const directory = mkdtempSync(join(tmpdir(), "hearth-kept-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("what is outside the clusters is made anew where an earlier hearth kept it, who knew nothing of releases", () => {
  const shelf = new Shelf(directory);
  const kept = { key: "one", reads: {}, paths: [], text: "" };
  shelf.write("outside", kept);
  expect(shelf.outside()).toBeUndefined();
  const whole = { ...kept, releases: { "attic/ollama": ["whole", "outside"] } };
  shelf.write("outside", whole);
  expect(shelf.outside()).toEqual(whole);
});
