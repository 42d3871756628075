import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { cidrRange, overlapping, type AddressRange } from "../../model/address-range";

interface Cidr {
  readonly address: string;
  readonly what: string;
  readonly text: string;
}

/** Networks, pods and Services of all clusters stand in one plan: a mesh and the hub must reach each without ambiguity. */
export function cidrOverlap(lab: Lab): readonly Finding[] {
  const cidrs = cidrsOf(lab);
  const known = cidrs.flatMap((cidr): (Cidr & AddressRange)[] => {
    const range = cidrRange(cidr.text);
    return range ? [{ ...cidr, ...range }] : [];
  });
  return [...cidrs.filter(({ text }) => !cidrRange(text)).map(malformed), ...overlapping(known).map(clash)];
}

const cidrsOf = (lab: Lab): readonly Cidr[] => [
  ...lab.networks.map(({ name, cidr }): Cidr => ({ address: `network ${name}`, what: `network ${name}`, text: cidr })),
  ...lab.clusters.flatMap(({ name, network }): Cidr[] => [
    { address: name, what: `${name}'s pods`, text: network.pods },
    { address: name, what: `${name}'s services`, text: network.services },
  ]),
];

const malformed = ({ address, what, text }: Cidr): Finding =>
  error({
    rule: "cidr-valid",
    address,
    found: `${what} = ${JSON.stringify(text)}`,
    expected: "a network in CIDR form, with no bit set behind its prefix",
    fix: "Write the network's own address, such as 192.168.40.0/24",
  });

const clash = ([one, other]: readonly [Cidr, Cidr]): Finding =>
  error({
    rule: "cidr-overlap",
    address: other.address,
    found: `${other.what} (${other.text}) and ${one.what} (${one.text}) share addresses`,
    expected: "networks that do not overlap, over all clusters",
    fix: `Move ${other.what} to a range that nothing else uses`,
  });
