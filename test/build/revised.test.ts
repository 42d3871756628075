import { revised } from "../../engine/build/revised";
import type { Manifest } from "../../engine/model/manifest";

const job = (name: string, spec: object, kind = "Job"): Manifest => ({ apiVersion: "batch/v1", kind, metadata: { name }, spec: { template: { spec } } });
const nameOf = (manifest: Manifest): string => revised([manifest])[0]?.metadata.name ?? "";

test("a Job whose pods go to another node is another Job", () => {
  const [here, there] = [{ nodeSelector: { gpu: "one" } }, { nodeSelector: { gpu: "two" } }];
  expect(nameOf(job("pull-88f425b5", here))).toMatch(/^pull-[0-9a-f]{8}$/);
  expect(nameOf(job("pull-88f425b5", here))).not.toBe(nameOf(job("pull-88f425b5", there)));
  expect(nameOf(job("pull-88f425b5", here))).not.toBe(nameOf(job("pull-19c0ffee", here)));
});

test("the same Job keeps its name, in whatever order it is written, and others keep theirs", () => {
  expect(nameOf(job("pull-88f425b5", { a: 1, b: { c: 2, d: [3] } }))).toBe(nameOf(job("pull-88f425b5", { b: { d: [3], c: 2 }, a: 1 })));
  expect(nameOf(job("first-start", {}))).toBe("first-start");
  expect(nameOf(job("web-88f425b5", {}, "Deployment"))).toBe("web-88f425b5");
});
