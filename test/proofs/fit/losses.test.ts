import type { Claim } from "../../../engine/proofs/fit/claims";
import { lossesOf } from "../../../engine/proofs/fit/losses";
import { pack } from "../../../engine/proofs/fit/pack";
import { clusterWith, nodeOf, setOf } from "./sets";

const gi = 2 ** 30;
const three = clusterWith(nodeOf("a"), nodeOf("b"), nodeOf("c"));

/** Node by node, what finds no other while it is gone, and what waits for a volume there. */
function losses(claims: readonly Claim[]): readonly string[] {
  // Its volume is made where it first stands; later it could stand on c as well, if the volume could.
  let isFirst = true;
  const data = setOf({ name: "data", requests: { memory: 3 * gi }, claims, stands: (_, { name }) => name === "b" || (!isFirst && name === "c") });
  const other = setOf({ name: "other", requests: { memory: 4 * gi }, stands: (_, { name }) => name === "c" });
  const large = setOf({ name: "large", requests: { memory: 7 * gi } });
  const packing = pack(three, [data, other, large]);
  isFirst = false;
  return lossesOf(three, [data, other, large], packing).map(({ node, homeless, bound }) => `${node.name}: ${[...homeless.map(({ name }) => name), "/", ...bound.map(({ name }) => name)].join(" ")}`);
}

test("nobody makes room for others by leaving a volume behind that is on its node's disk", () => {
  expect(losses([{ id: "data", perPod: true, onOneNode: true, nodeLocal: true, bytes: gi }])).toEqual(["a: large /", "b: / data", "c: other /"]);
});

test("what can stand anywhere makes room for others", () => {
  expect(losses([])).toEqual(["a: /", "b: /", "c: other /"]);
});
