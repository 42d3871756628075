import { load } from "js-yaml";
import { afterRestores, RESTORE_WAIT } from "../../tools/operators/pods/restore-wait";

const own = `
kind: Stage
spec:
  selector:
    matchExpressions:
    - {key: .status.phase, operator: In, values: [Pending]}
  next: {statusTemplate: "phase: Running\\n"}
`;

test("KWOK's own stage stays as it is, and looks besides whether a pod's files are there", () => {
  const stage = load(afterRestores(own));
  expect(stage).toEqual({
    kind: "Stage",
    spec: {
      selector: { matchExpressions: [{ key: ".status.phase", operator: "In", values: ["Pending"] }, { key: expect.stringContaining(`"${RESTORE_WAIT}"`) as string, operator: "NotIn", values: ["waiting"] }] },
      next: { statusTemplate: "phase: Running\n" },
    },
  });
});

test("a stage without conditions is none that we know", () => {
  expect(() => afterRestores("kind: Stage\nspec: {}")).toThrow();
});
