import { readFileSync } from "node:fs";
import path from "node:path";
import { documentedStep, documentedSteps, forClusters } from "../../tools/control-plane/run/documented-steps";

const MARKDOWN = "# T\n\n## 1. Describe\n\n```sh\nnpm run synth\n```\n\n## 2. ▸ Start the hub\n\ntext\n\n```sh\napply() { kubectl \"$@\"; }\n\napply \\\n  -f a\n```\n\n```sh\nlater\n```\n";

test("only marked steps are performed, with all of their blocks of shell code", () => {
  expect(documentedSteps(MARKDOWN)).toEqual([{ title: "Start the hub", blocks: [['apply() { kubectl "$@"; }', "apply    -f a"], ["later"]] }]);
});

test("a step that the document does not have is an error, because then it is not what is tested", () => {
  expect(() => documentedStep(MARKDOWN, "Join")).toThrow('no step "▸ Join');
});

test("what is written for some clusters holds for others", () => {
  const lines = ["kubectl --context kind-studio apply -f dist/studio/x", "wait forge", "studios"];
  expect(forClusters(lines, { studio: "forge", forge: "edge" })).toEqual(["kubectl --context kind-forge apply -f dist/forge/x", "wait edge", "studios"]);
});

test("our own document has the two steps that the run performs", () => {
  const markdown = readFileSync(path.join(__dirname, "../../docs/bootstrap.md"), "utf8");
  expect(documentedStep(markdown, "Start the hub").blocks.flat().length).toBeGreaterThan(1);
  const [access, afterwards] = documentedStep(markdown, "Join each other cluster").blocks.map((lines) => lines.join("\n"));
  expect(access).toContain("bearerToken");
  expect(afterwards).toContain("application-set-refresh=true");
});
