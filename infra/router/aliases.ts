import type { Zone } from "../../engine/model/host-flows";
import type { Lab } from "../../engine/model/lab";
import { privateRanges } from "../../engine/model/flow";
import { aliasName } from "../../engine/model/router";
import { addressesOf, zoneName } from "../../engine/model/zone";
import { stableUuid } from "./stable-uuid";

/** A named set of addresses, as OPNsense's Firewall/Alias model has it. */
export interface Alias {
  readonly enabled: "1";
  readonly name: string;
  readonly type: "network";
  /** One a line. */
  readonly content: string;
  readonly description: string;
}

/** What is not the internet. */
export const privateAlias = "h_private";

const alias = (name: string, addresses: readonly string[], description: string): Alias => ({
  enabled: "1",
  name,
  type: "network",
  content: addresses.map((address) => address.replace(/\/32$/, "")).join("\n"),
  description,
});

/** A set for every zone that rules speak of, and one of all that is private. */
export const aliases = (zones: readonly Zone[], lab: Lab): readonly Alias[] => [
  alias(privateAlias, privateRanges, "Everything that is not the internet"),
  ...[...new Map(zones.map((zone) => [aliasName(zone), zone]))]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, zone]) => alias(name, addressesOf(zone, lab), zoneName(zone))),
];

/** The file that Firewall → Aliases imports: known names are replaced, others stay. */
export const aliasFile = (all: readonly Alias[]): Readonly<Record<string, unknown>> => ({
  aliases: { alias: Object.fromEntries(all.map((it) => [stableUuid(`alias ${it.name}`), it])) },
});
