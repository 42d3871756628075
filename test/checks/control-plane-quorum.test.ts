import { controlPlaneQuorum } from "../../engine/checks/lab/control-plane-quorum";
import { nodeOn } from "../../engine/model/cluster";
import { clusterOf, hostOf, labOf } from "../lab-of";

const servers = (count: number, environment: "production" | "development" = "production") =>
  controlPlaneQuorum(labOf({ clusters: [clusterOf({ environment, nodes: Array.from({ length: count }, (_, index) => nodeOn(hostOf({ name: `one-${index}` }), { network: "lan", role: "control-plane" })) })] }));

test("two control planes stop with either of them, which production must not", () => {
  expect(servers(2)).toMatchObject([{ severity: "error", address: "one", found: expect.stringContaining("2 control planes (one-0, one-1)") }]);
  expect(servers(2, "development")).toMatchObject([{ severity: "warning" }]);
});

test("four survive no more than three", () => {
  expect(servers(4)).toMatchObject([{ severity: "warning", found: expect.stringContaining("than of 3") }]);
});

test("one, three and five are fine", () => {
  expect([1, 3, 5].flatMap((count) => servers(count))).toEqual([]);
});
