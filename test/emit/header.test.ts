import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeTree } from "../../engine/emit/disk";
import { HEADER, markOf } from "../../engine/emit/header";
import { toJson } from "../../engine/emit/json";
import { refusalOf } from "./refusal-of";
import { put, scratch, standing } from "./scratch";

const directory = scratch();
const options = { ownedDirs: ["infra/out"] };
const report = "infra/out/backup.md";
const stack = "infra/out/proxmox/cdk.tf.json";
const tree = new Map([[stack, toJson({ terraform: {} })], [report, `<!-- ${HEADER} -->\n# Backups\n`]]);

test("JSON carries the mark as its first key, and stays JSON", () => {
  expect(toJson({ resource: { a: 1 } }).startsWith(markOf(stack))).toBe(true);
  expect(JSON.parse(toJson({ resource: { a: 1 } }))).toEqual({ "//": HEADER, resource: { a: 1 } });
});

test("generated JSON and Markdown are ours: mended, and pruned when the lab drops them", () => {
  const root = directory();
  writeTree(root, tree, options);
  writeFileSync(join(root, stack), toJson({ terraform: { edited: true } }));
  expect(writeTree(root, tree, options)).toMatchObject({ changed: [stack], unchanged: 1 });
  expect(writeTree(root, new Map(), options).pruned).toEqual([report, stack]);
  expect(standing(root)).toEqual({});
});

test("JSON that somebody else wrote is neither replaced nor pruned", () => {
  const root = directory();
  writeTree(root, new Map([[report, tree.get(report)!]]), options);
  put(root, { [stack]: '{ "terraform": {} }\n' });
  expect(refusalOf(() => writeTree(root, tree, options)).findings.map((it) => it.address)).toEqual([stack]);
  writeTree(root, new Map(), options);
  expect(standing(root)).toMatchObject({ [stack]: '{ "terraform": {} }\n' });
});

test("JSON without the mark is our own mistake, and throws", () => {
  expect(() => writeTree(directory(), new Map([[stack, "{}\n"]]), options)).toThrow(/does not begin/);
});
