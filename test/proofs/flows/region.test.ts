import fc from "fast-check";
import { covers, minus, type Region } from "../../../engine/proofs/flows/region";

const run = fc.tuple(fc.nat(12), fc.nat(4)).map(([first, more]) => ({ first, last: first + more }));
const regions = fc.array(fc.record({ peers: run, ports: run }), { maxLength: 5 });

const cells = (all: readonly Region[]): readonly string[] => {
  const found = new Set<string>();
  for (const { peers, ports } of all) for (let peer = peers.first; peer <= peers.last; peer++) for (let port = ports.first; port <= ports.last; port++) found.add(`${peer} ${port}`);
  return [...found].sort();
};

test("what is left is exactly every peer and port of the one that the other has not", () => {
  fc.assert(
    fc.property(regions, regions, (whole, part) => {
      const taken = new Set(cells(part));
      expect(cells(minus(whole, part))).toEqual(cells(whole).filter((cell) => !taken.has(cell)));
    }),
  );
});

test("two cover the same where they have the same peers and ports, however they are written", () => {
  fc.assert(fc.property(regions, regions, (one, other) => expect(covers(one, other)).toBe(cells(one).join() === cells(other).join())));
  expect(covers([{ peers: { first: 1, last: 4 }, ports: { first: 1, last: 1 } }], [3, 1].map((first) => ({ peers: { first, last: first + 1 }, ports: { first: 1, last: 1 } })))).toBe(true);
});
