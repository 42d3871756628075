import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** A name, and the address that it would be given. */
interface Named {
  readonly address: string;
  readonly name: string;
  readonly leadsTo: readonly string[];
}

/**
 * Every name of the lab's domain leads to one place. A cluster's name is a zone of it, in which every name leads to the cluster's
 * ingress: no host and no external can have one there.
 */
export function zoneUnique({ hosts, clusters, externals, domain }: Lab): readonly Finding[] {
  const named: readonly Named[] = [
    ...hosts.map(({ name, addresses }) => ({ address: `host ${name}`, name: `${name}.${domain}`, leadsTo: Object.values(addresses) })),
    ...externals.flatMap(({ name, host, address }) => (host === undefined ? [] : [{ address: `external ${name}`, name: host, leadsTo: [address] }])),
  ];
  return [
    ...named.flatMap((it) => {
      const zone = clusters.find(({ name }) => `.${it.name}`.endsWith(`.${name}.${domain}`));
      return zone ? [inZone(it, `${zone.name}.${domain}`, zone.name)] : [];
    }),
    ...repeated(named, ({ name }) => name).filter(([, [first, ...others]]) => others.some(({ leadsTo }) => !leadsTo.some((address) => first?.leadsTo.includes(address)))).map(([, same]) => elsewhere(same)),
  ];
}

const inZone = ({ address, name }: Named, zone: string, cluster: string): Finding =>
  error({
    rule: "zone-unique",
    address,
    found: name === zone ? `${name} is its name and the zone of cluster ${cluster}, whose every name leads to its ingress` : `${name} is a name in the zone of cluster ${cluster}, whose every name leads to its ingress`,
    expected: "names of hosts and externals that are in no cluster's zone",
    fix: "Choose another name",
  });

const elsewhere = (same: readonly Named[]): Finding =>
  error({
    rule: "zone-unique",
    address: same[1]?.address ?? "lab",
    found: `${same.map(({ address, leadsTo }) => `${address} (${leadsTo.join(", ")})`).join(" and ")} are both ${same[0]?.name ?? ""}`,
    expected: "one place for each name",
    fix: "Give all but one another name",
  });
