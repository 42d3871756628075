import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Host } from "../../model/host";
import type { Lab } from "../../model/lab";
import { bytes } from "../../model/quantity";

/** Sizes carry a binary unit. Types say so, but synth runs a lab that nobody type-checked. */
export const quantityValid = (lab: Lab): readonly Finding[] => [...lab.hosts.flatMap(hostQuantities), ...lab.clusters.flatMap(nodeQuantities), ...imageQuantities(lab)];

const imageQuantities = ({ imageSizes: { each = {}, others } = {} }: Lab): readonly Finding[] => [
  ...Object.entries(each).flatMap(([repository, value]) => size("imageSizes", repository, value)),
  ...(others === undefined ? [] : size("imageSizes", "others", others)),
];

/** What is wrong with a host's own numbers. */
export const hostQuantities = (host: Host): readonly Finding[] => [
  ...size(`host ${host.name}`, "memory", host.memory),
  ...cores(`host ${host.name}`, host.cpu),
  ...host.disks.flatMap((disk) => size(`host ${host.name}`, `disk ${disk.id}`, disk.size)),
  ...(host.gpus ?? []).flatMap((gpu) => size(`host ${host.name}`, `GPU ${gpu.model}`, gpu.memory)),
];

/** What is wrong with the numbers of a cluster's nodes: where there is anything, sums over them mean nothing. */
export const nodeQuantities = (cluster: Cluster): readonly Finding[] =>
  cluster.nodes.flatMap((node) => [
    ...size(cluster.name, `memory of node ${node.name}`, node.memory),
    ...size(cluster.name, `ephemeralStorage of node ${node.name}`, node.ephemeralStorage),
    ...cores(cluster.name, node.cpu, ` of node ${node.name}`),
    ...node.gpus.flatMap((gpu) => size(cluster.name, `GPU ${gpu.model} of node ${node.name}`, gpu.memory)),
    ...node.disks.flatMap((disk) => size(cluster.name, `disk ${disk.id} of node ${node.name}`, disk.size)),
  ]);

const size = (address: string, what: string, value: string): readonly Finding[] =>
  bytes.safeParse(value).success
    ? []
    : [
        error({
          rule: "quantity-valid",
          address,
          found: `${what} = ${JSON.stringify(value)}`,
          expected: 'a number of bytes with its unit, such as "64Gi" (Mi, Gi or Ti)',
          fix: "Write the size with a binary unit",
        }),
      ];

const cores = (address: string, value: number, of = ""): readonly Finding[] =>
  Number.isFinite(value) && value > 0
    ? []
    : [
        error({
          rule: "quantity-valid",
          address,
          found: `cpu${of} = ${JSON.stringify(value)}`,
          expected: "a number of cores above 0",
          fix: "Write the number of cores",
        }),
      ];
