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
  expect(losses([{ id: "data", perPod: true, onOneNode: true, nodeLocal: true, topologyKey: "kubernetes.io/hostname", bytes: gi }])).toEqual(["a: large /", "b: / data", "c: other /"]);
});

test("what can stand anywhere makes room for others", () => {
  expect(losses([])).toEqual(["a: /", "b: /", "c: other /"]);
});

describe("a volume that the machines of one hypervisor reach", () => {
  const racked = (...racks: readonly string[]) => clusterWith(...racks.map((rack, index) => nodeOf(`${rack}-${index}`, { labels: { rack } })));
  const claim: Claim = { id: "data", perPod: true, onOneNode: true, nodeLocal: false, topologyKey: "rack", bytes: gi };
  const lost = (cluster: ReturnType<typeof racked>, memory: number) => {
    const sets = [setOf({ name: "data", requests: { memory: memory * gi }, claims: [claim], stands: (labels) => labels["rack"] === "a" || labels["rack"] === "b" }), setOf({ name: "other", requests: { memory: 4 * gi }, stands: (_, { name }) => name === "a-1" })];
    const packing = pack(cluster, sets);
    const home = packing.placed.find(({ pods }) => pods.name === "data")?.node;
    return lossesOf(cluster, sets, packing).filter(({ node }) => node.name === home).map(({ node, homeless, bound }) => `${node.name}: ${[...homeless.map(({ name }) => name), "/", ...bound.map(({ name }) => name)].join(" ")}`);
  };

  test("follows its pod to another of them, where there is one with room", () => {
    // The other one may stand on a-1 alone.
    expect(lost(racked("a", "a"), 3)).toEqual(["a-1: other /"]);
    expect(lost(racked("a", "a", "b"), 3)).toEqual(["a-1: other /"]);
    // One of the two finds no room on a-1, though b-2 is empty.
    expect(lost(racked("a", "a", "b"), 5)).toEqual([expect.stringMatching(/^a-0: (data|other) \/$/)]);
  });

  test("and nowhere else", () => {
    expect(lost(racked("a", "b"), 5)).toEqual(["a-0: / data"]);
  });
});
