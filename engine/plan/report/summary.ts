import { effects, type Effect } from "../effect";
import { imageChanges } from "../image";
import type { Plan, Unit } from "../plan";

/** What a person can hold of a plan. Addresses are sorted. */
export interface Summary {
  readonly clusters: readonly string[];
  readonly releases: Readonly<Record<Unit["how"], readonly string[]>>;
  readonly outside: readonly string[];
  /** Versions that change, by image, and where. */
  readonly versions: readonly { readonly image: string; readonly from: string; readonly to: string; readonly addresses: readonly string[] }[];
  /** Addresses by the gravest of what happens to them, the least grave first. */
  readonly effects: readonly { readonly effect: Effect; readonly addresses: readonly string[] }[];
  /** How many consequences the API server or Terraform refuses, how many allow more than before, and how many of those that allow something are only a part of what is new. */
  readonly refused: number;
  readonly opens: number;
  readonly brings: number;
}

export function summaryOf({ units }: Plan): Summary {
  const releases = units.filter(({ what }) => what === "release");
  const by = (how: Unit["how"]) => releases.filter((unit) => unit.how === how).map(({ address }) => address);
  const all = units.flatMap(({ consequences }) => consequences);
  return {
    clusters: [...new Set(releases.map(({ address }) => address.split("/")[0] ?? ""))].sort(),
    releases: { added: by("added"), changed: by("changed"), removed: by("removed").filter((address) => !releases.some(({ from }) => from === address)), moved: by("moved") },
    outside: units.filter(({ what }) => what !== "release").map(({ address }) => address),
    versions: versionsOf(units),
    effects: effects.map((effect) => ({ effect, addresses: units.filter((unit) => unit.effect === effect).map(({ address }) => address) })).filter(({ addresses }) => addresses.length > 0),
    refused: all.filter(({ refused }) => refused).length,
    opens: all.filter(({ opens }) => opens).length,
    brings: all.filter(({ brings }) => brings).length,
  };
}

function versionsOf(units: readonly Unit[]): Summary["versions"] {
  const found = new Map<string, { image: string; from: string; to: string; addresses: Set<string> }>();
  for (const { address, differences } of units)
    for (const { change } of differences)
      for (const { repository, from, to } of change ? imageChanges(change) : []) {
        const key = `${repository} ${from} ${to}`;
        const known = found.get(key) ?? { image: repository, from, to, addresses: new Set() };
        known.addresses.add(address);
        found.set(key, known);
      }
  return [...found.values()].map((it) => ({ ...it, addresses: [...it.addresses].sort() })).sort((one, other) => one.image.localeCompare(other.image));
}
