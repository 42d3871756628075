import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";

interface Reference {
  readonly address: string;
  /** Where the name stands: `network.nodes`. */
  readonly at: string;
  readonly name: string;
  readonly noun: string;
  readonly known: readonly string[];
}

/** Names that point at something of the lab point at something that is there. */
export function referenceKnown(lab: Lab): readonly Finding[] {
  const references = [...labReferences(lab), ...lab.clusters.flatMap((cluster) => clusterReferences(cluster, lab))];
  return references.filter(({ name, known }) => !known.includes(name)).map(unknown);
}

function labReferences(lab: Lab): readonly Reference[] {
  const { gitops, hosts, clusters, environments = {} } = lab;
  const networks = namesOf(lab.networks);
  const apps = [...new Set(clusters.flatMap(({ runs }) => runs.map(({ app }) => app.name)))];
  return [
    ...(gitops.mode === "perCluster" ? [] : [{ address: "lab", at: "gitops.hub", name: gitops.hub, noun: "cluster", known: namesOf(clusters) }]),
    ...hosts.flatMap((host) =>
      Object.keys(host.addresses).map((name): Reference => ({
        address: `host ${host.name}`,
        at: "addresses",
        name,
        noun: "network",
        known: networks,
      })),
    ),
    ...Object.entries(environments).flatMap(([environment, defaults]) =>
      Object.keys(defaults ?? {}).map((name): Reference => ({
        address: "lab",
        at: `environments.${environment}`,
        name,
        noun: "app that is placed anywhere",
        known: apps,
      })),
    ),
  ];
}

const clusterReferences = ({ name: address, network, nodes }: Cluster, lab: Lab): readonly Reference[] => [
  { address, at: "network.nodes", name: network.nodes, noun: "network", known: namesOf(lab.networks) },
  ...(network.hostPorts ? [{ address, at: "network.hostPorts.host", name: network.hostPorts.host, noun: "host", known: namesOf(lab.hosts) }] : []),
  ...nodes.map((node): Reference => ({ address, at: `the host of node ${node.name}`, name: node.host, noun: "host", known: namesOf(lab.hosts) })),
];

const namesOf = (things: readonly { readonly name: string }[]): readonly string[] => things.map(({ name }) => name);

function unknown({ address, at, name, noun, known }: Reference): Finding {
  const meant = nearest(name, known);
  return error({
    rule: "reference-known",
    address,
    found: `${at} names "${name}", and there is no such ${noun}`,
    expected: known.length ? `one of: ${known.join(", ")}` : `a ${noun}, and there is none`,
    fix: meant ? `Write "${meant}"` : `Describe "${name}", or name what is there`,
  });
}
