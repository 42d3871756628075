import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { asLabel, isDnsName, isLabel, labelWords } from "../dns-name";

interface Named {
  readonly noun: string;
  readonly name: string;
  readonly address: string;
}

/** Names become parts of host names, namespaces and files: each must be a DNS label. */
export function nameIsLabel(lab: Lab): readonly Finding[] {
  const labels = [...labelsOf(lab)].filter(({ name }) => !isLabel(name)).map((named) => malformed(named, labelWords));
  const names = [...dnsNamesOf(lab)].filter(({ name }) => !isDnsName(name)).map((named) => malformed(named, 'DNS labels with "." between them'));
  return [...labels, ...names];
}

function* labelsOf(lab: Lab): Iterable<Named> {
  yield { noun: "lab", name: lab.name, address: "lab" };
  for (const { name } of lab.hosts) yield { noun: "host", name, address: `host ${name}` };
  for (const { name } of lab.networks) yield { noun: "network", name, address: `network ${name}` };
  for (const { name } of lab.people) yield { noun: "person", name, address: `person ${name}` };
  for (const { name } of lab.externals) yield { noun: "external", name, address: `external ${name}` };
  for (const cluster of lab.clusters) {
    yield { noun: "cluster", name: cluster.name, address: cluster.name };
    for (const name of Object.keys(cluster.network.pools ?? {})) yield { noun: "pool", name, address: cluster.name };
    for (const { name, adopt } of cluster.runs) {
      yield { noun: "release", name, address: `${cluster.name}/${name}` };
      if (adopt?.namespace !== undefined) yield { noun: "namespace", name: adopt.namespace, address: `${cluster.name}/${name}` };
    }
  }
}

function* dnsNamesOf(lab: Lab): Iterable<Named> {
  yield { noun: "domain", name: lab.domain, address: "lab" };
  for (const cluster of lab.clusters) for (const { name } of cluster.nodes) yield { noun: "node", name, address: cluster.name };
}

function malformed({ noun, name, address }: Named, expected: string): Finding {
  const better = asLabel(name);
  return error({
    rule: "name-is-label",
    address,
    found: `the ${noun} name ${JSON.stringify(name)}`,
    expected,
    fix: better && expected === labelWords ? `Name it "${better}"` : `Give the ${noun} such a name`,
  });
}
