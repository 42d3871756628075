import { sentenceOf } from "../../../engine/model/finding";
import { synthesize } from "../../../engine/synth";
import { drillLab } from "../../../tools/control-plane/drills/lab";
import { importsDir } from "../../labs";

test("the lab that accidents happen to is one that synth writes", () => {
  const { findings, tree } = synthesize(drillLab(), importsDir);
  expect(findings.filter(({ severity }) => severity === "error").map(sentenceOf)).toEqual([]);
  expect([...tree.keys()]).toContain("dist/spoke/ledger/statefulset.ledger.yaml");
});
