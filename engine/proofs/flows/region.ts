/** Numbers from `first` to `last`, both included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Some ports of some peers. Peers stand on one line (see ground.ts), and so do ports (see ports.ts). */
export interface Region {
  readonly peers: Run;
  readonly ports: Run;
}

/** Whether both cover the same peers and ports. Most are even written alike, and comparing those costs one sort. */
export const covers = (one: readonly Region[], other: readonly Region[]): boolean =>
  isAlike(sorted(one), sorted(other)) || (minus(one, other).length === 0 && minus(other, one).length === 0);

/** Whether two regions have a peer and a port in common. */
export const meet = (one: Region, other: Region): boolean => overlap(one.peers, other.peers) && overlap(one.ports, other.ports);

const overlap = (one: Run, other: Run): boolean => one.first <= other.last && other.first <= one.last;

/** What `whole` covers and `part` does not. */
export function minus(whole: readonly Region[], part: readonly Region[]): readonly Region[] {
  const cuts = [...new Set([...whole, ...part].flatMap(({ ports }) => [ports.first, ports.last + 1]))].sort((a, b) => a - b);
  const left: Region[] = [];
  cuts.forEach((first, index) => {
    const last = (cuts[index + 1] ?? first) - 1;
    for (const peers of runsMinus(peersAt(whole, first), peersAt(part, first))) left.push({ peers, ports: { first, last } });
  });
  return joined(left);
}

/** The peers that may be talked to on one port. */
const peersAt = (regions: readonly Region[], port: number): readonly Run[] =>
  union(regions.filter(({ ports }) => ports.first <= port && port <= ports.last).map(({ peers }) => peers));

/** The same numbers as runs that neither overlap nor touch, in order. */
export function union(runs: readonly Run[]): readonly Run[] {
  const merged: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && run.first <= before.last + 1) merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, run.last) };
    else merged.push(run);
  }
  return merged;
}

/** What is in `whole` and not in `part`; both are unions. */
export function runsMinus(whole: readonly Run[], part: readonly Run[]): readonly Run[] {
  const left: Run[] = [];
  let index = 0;
  for (const run of whole) {
    let { first } = run;
    while ((part[index]?.last ?? Infinity) < first) index++;
    for (let at = index; (part[at]?.first ?? Infinity) <= run.last; at++) {
      const taken = part[at];
      if (!taken) break;
      if (taken.first > first) left.push({ first, last: taken.first - 1 });
      first = taken.last + 1;
    }
    if (first <= run.last) left.push({ first, last: run.last });
  }
  return left;
}

/** Neighbouring ports of the same peers as one region. */
function joined(regions: readonly Region[]): readonly Region[] {
  const open = new Map<string, Region>();
  const done: Region[] = [];
  for (const region of regions) {
    const key = `${region.peers.first}-${region.peers.last}`;
    const before = open.get(key);
    if (before && before.ports.last + 1 === region.ports.first) open.set(key, { peers: region.peers, ports: { first: before.ports.first, last: region.ports.last } });
    else {
      if (before) done.push(before);
      open.set(key, region);
    }
  }
  return [...done, ...open.values()];
}

const byPlace = (a: Region, b: Region): number => a.ports.first - b.ports.first || a.ports.last - b.ports.last || a.peers.first - b.peers.first || a.peers.last - b.peers.last;

/** In order, each once. */
function sorted(regions: readonly Region[]): readonly Region[] {
  const order = [...regions].sort(byPlace);
  return order.filter((region, index) => {
    const before = order[index - 1];
    return before === undefined || byPlace(before, region) !== 0;
  });
}

const isAlike = (one: readonly Region[], other: readonly Region[]): boolean =>
  one.length === other.length && one.every((region, index) => byPlace(region, other[index] ?? region) === 0);
