import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stageTexts } from "../../tools/control-plane/cluster/kwok";

const directories = [mkdtempSync(path.join(tmpdir(), "stages-")), mkdtempSync(path.join(tmpdir(), "stages-"))] as const;
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

const put = (directory: string, files: Readonly<Record<string, string>>): void => Object.entries(files).forEach(([name, text]) => writeFileSync(path.join(directory, name), text));

test("a stage of ours stands in the place of KWOK's own in a file of the same name, and others stay", () => {
  put(directories[0], { "pod-ready.yaml": "ready", "pod-complete.yaml": "theirs", "README.md": "no stage" });
  put(directories[1], { "pod-complete.yaml": "ours", "volume-delete.yaml": "volume" });
  expect(stageTexts(...directories)).toEqual(["ours", "ready", "volume"]);
});
