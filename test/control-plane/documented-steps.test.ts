import { readFileSync } from "node:fs";
import path from "node:path";
import { documentedStep, documentedSteps, forCluster } from "../../tools/control-plane/run/documented-steps";

const MARKDOWN = "# T\n\n## 1. Describe\n\n```sh\nnpm run synth\n```\n\n## 2. ▸ Start the hub\n\ntext\n\n```sh\napply() { kubectl \"$@\"; }\n\napply \\\n  -f a\n```\n\n```sh\nlater\n```\n";

test("only marked steps are performed, with their first block of shell code", () => {
  expect(documentedSteps(MARKDOWN)).toEqual([{ title: "Start the hub", lines: ['apply() { kubectl "$@"; }', "apply    -f a"] }]);
});

test("a step that the document does not have is an error, because then it is not what is tested", () => {
  expect(() => documentedStep(MARKDOWN, "Join")).toThrow('no step "▸ Join');
});

test("what is written for one cluster holds for another", () => {
  expect(forCluster(["kubectl --context kind-studio apply -f dist/studio/x", "studios"], "studio", "home")).toEqual(["kubectl --context kind-home apply -f dist/home/x", "studios"]);
});

test("our own document has the two steps that the run performs", () => {
  const markdown = readFileSync(path.join(__dirname, "../../docs/bootstrap.md"), "utf8");
  expect(documentedStep(markdown, "Start the hub").lines.length).toBeGreaterThan(1);
  expect(documentedStep(markdown, "Join each other cluster").lines.join("\n")).toContain("bearerToken");
});
