import { z } from "zod";
import { defineApp } from "../engine/model/app";
import { sentenceOf } from "../engine/model/finding";
import { place } from "../engine/model/placement";
import { synthesize } from "../engine/synth";
import { clusterOf, labOf } from "./lab-of";
import { importsDir } from "./labs";

test("a Kubernetes version without schemas is a finding that names those there are", () => {
  const { findings, tree } = synthesize(labOf({ gitops: { mode: "existing", hub: "one", namespace: "argocd", repository: "https://git.test.example/lab.git", branch: "main" }, clusters: [clusterOf({ kubernetes: "1.99" })] }), importsDir);
  expect(findings.map(sentenceOf).join("\n")).toMatch(/one: Kubernetes 1\.99, of which there are no schemas; expected one of: 1\.36/);
  expect(tree.size).toBe(0);
});

test("a lab whose addresses do not parse is refused with what is wrong, before anything is asked of it", () => {
  const { findings, built } = synthesize(labOf({ networks: [{ name: "lan", cidr: "192.168.40.0/99" }] }), importsDir);
  expect(findings).toMatchObject([{ rule: "cidr-valid", severity: "error" }]);
  expect(built).toEqual([]);
});

test("what two releases tell of one topic is on one page", () => {
  const teller = (name: string) => defineApp({ name, settings: z.object({}), needs: () => ({}), build: () => undefined, runbooks: () => ({ fire: `# ${name} burns\n` }) });
  const lab = labOf({ gitops: { mode: "existing", hub: "one", namespace: "argocd", repository: "https://git.test.example/lab.git", branch: "main" }, clusters: [clusterOf({ runs: [place(teller("barn")), place(teller("shed"))] })] });
  const { findings, tree } = synthesize(lab, importsDir);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(tree.get("docs/runbooks/one-fire.md")).toMatch(/# barn burns\n\n# shed burns\n$/);
});
