import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** A cluster has a control plane, a Kubernetes version, and an API server at an address that others can use. */
export const clusterComplete = (lab: Lab): readonly Finding[] =>
  [...lab.clusters.flatMap((cluster) => [...controlPlane(cluster), ...version(cluster), ...api(cluster)]), ...sharedApi(lab)];

/** Whoever asks one would be answered by the other: the hub would sync both into one of them. */
const sharedApi = ({ clusters }: Lab): readonly Finding[] =>
  repeated(clusters, ({ network }) => network.api).map(([url, same]) =>
    error({
      rule: "api-address",
      address: same[1]?.name ?? "lab",
      found: `${same.map(({ name }) => name).join(" and ")} both have their API server at ${url}`,
      expected: "one cluster at each address",
      fix: "Write each cluster's own address",
    }),
  );

const controlPlane = ({ name, nodes }: Cluster): readonly Finding[] =>
  nodes.some(({ role }) => role === "control-plane")
    ? []
    : [
        error({
          rule: "control-plane",
          address: name,
          found: `${nodes.length} nodes, none of them a control plane`,
          expected: "one at least",
          fix: 'Give a node role: "control-plane"',
        }),
      ];

const version = ({ name, kubernetes }: Cluster): readonly Finding[] =>
  /^1\.\d+$/.test(kubernetes)
    ? []
    : [
        error({
          rule: "kubernetes-version",
          address: name,
          found: `kubernetes = ${JSON.stringify(kubernetes)}`,
          expected: 'a minor version, such as "1.36"',
          fix: "Leave out the patch version and any prefix",
        }),
      ];

const api = ({ name, network }: Cluster): readonly Finding[] =>
  URL.canParse(network.api) && new URL(network.api).protocol === "https:"
    ? []
    : [
        error({
          rule: "api-address",
          address: name,
          found: `network.api = ${JSON.stringify(network.api)}`,
          expected: "the API server's URL, such as https://192.168.40.11:6443",
          fix: "Write the URL that other machines use",
        }),
      ];
