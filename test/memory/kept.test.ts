import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shelf } from "../../engine/memory/kept";

const directory = mkdtempSync(join(tmpdir(), "hearth-kept-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("what is outside the clusters is made anew where an earlier hearth kept it, who knew nothing of releases", () => {
  const shelf = new Shelf(directory, "now");
  const kept = { key: "one", reads: {}, text: "" };
  writeFileSync(join(directory, "outside.json"), JSON.stringify(kept));
  expect(shelf.outside()).toBeUndefined();
  new Shelf(directory, "earlier").write("outside", kept);
  expect(shelf.outside()).toBeUndefined();
  const whole = { ...kept, releases: { "attic/ollama": ["whole", "outside"] } };
  shelf.write("outside", whole);
  expect(shelf.outside()).toEqual(whole);
});

test("a record of another engine is nobody's, whatever it is of", () => {
  const cluster = { key: "one", reads: {}, text: "" };
  new Shelf(directory, "earlier").write("cluster-attic", cluster);
  expect(new Shelf(directory, "earlier").cluster("attic")).toEqual(cluster);
  expect(new Shelf(directory, "now").cluster("attic")).toBeUndefined();
});
