import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";

/** A cluster's name is a zone of the lab's domain, and a host's a name in it: `forge.hearth.example` cannot be both. */
export function zoneUnique({ hosts, clusters, domain }: Lab): readonly Finding[] {
  const zones = new Set(clusters.map(({ name }) => name));
  return hosts
    .filter(({ name }) => zones.has(name))
    .map(({ name }) =>
      error({
        rule: "zone-unique",
        address: `host ${name}`,
        found: `${name}.${domain} is the host's name and the zone of cluster ${name}, whose every name leads to its ingress`,
        expected: "names of hosts that no cluster has",
        fix: `Rename the host, such as ${name}-1`,
      }),
    );
}
