import { certManager } from "../../../apps/cert-manager/cert-manager";
import { sentenceOf } from "../../../engine/model/finding";
import { place } from "../../../engine/model/placement";
import { synthesize } from "../../../engine/synth";
import { signed } from "../../../tools/control-plane/drills/apps";
import { drillLab, standing } from "../../../tools/control-plane/drills/lab";
import { importsDir } from "../../labs";

test("the lab that accidents happen to is one that synth writes", () => {
  const { findings, tree } = synthesize(drillLab(), importsDir);
  expect(findings.filter(({ severity }) => severity === "error").map(sentenceOf)).toEqual([]);
  expect([...tree.keys()]).toContain("dist/spoke/ledger/statefulset.ledger.yaml");
});

test("an app comes with its operator in one commit, and its custom resource may be there before the definition", () => {
  const { findings, tree } = synthesize(drillLab({ spoke: { runs: [...standing, place(certManager), place(signed)] } }), importsDir);
  expect(findings.filter(({ severity }) => severity === "error").map(sentenceOf)).toEqual([]);
  expect(tree.get("dist/spoke/signed/certificate_cert-manager.signed.yaml")).toContain("SkipDryRunOnMissingResource=true");
  expect([...tree.keys()]).toContain("argocd/releases/spoke/crds-cert-manager.yaml");
});
