import type { Mistake, Placed } from "../../engine/model/app";
import { bytesOf } from "../../engine/model/quantity";
import { gpuNodes, sharesOn, type GpuNode } from "./gpu-nodes";
import { migParts } from "./mig-parts";
import { hasOwnRuntimeClass } from "./runtime";
import type { GpuOperatorSettings } from "./settings";

type Here = Placed<GpuOperatorSettings>;

/** What is wrong with the description before a node's driver is touched. */
export function mistakes(here: Here): readonly Mistake[] {
  const nodes = gpuNodes(here.site.cluster);
  // Whatever else is said of GPUs means nothing where there are none.
  return nodes.length ? [...notProvided(here), ...hosts(here), ...(here.settings.mig ? parts(here, nodes, here.settings.mig) : slices(here, nodes))] : [none(here)];
}

const none = ({ site }: Here): Mistake => ({
  rule: "gpu-present",
  found: `no node of ${site.cluster.name} has a GPU of nvidia`,
  expected: "a node with one",
  fix: "Describe the GPUs on their host, or take the placement away: there is nothing for it to do",
});

function notProvided({ name, site: { cluster } }: Here): readonly Mistake[] {
  if (cluster.provides.gpu?.backedBy === "gpu-operator") return [];
  return [
    {
      rule: "gpu-provided",
      found: cluster.provides.gpu ? `${cluster.name} has its GPUs from elsewhere, and ${name} beside that` : `${cluster.name} provides no gpu`,
      expected: "that what the operator advertises is what the cluster provides",
      fix: `Set provides.gpu of ${cluster.name} to nvidiaGpus()`,
    },
  ];
}

/** What the operator cannot bring to a host, or must not. */
function hosts({ settings: { hostBrings }, site: { cluster } }: Here): readonly Mistake[] {
  const { distribution } = cluster;
  const found = `hostBrings = "${hostBrings}" on ${distribution.name}`;
  // A container has no kernel of its own to load a driver into, and Talos loads only what its image was built with.
  if (hostBrings === "nothing" && ["kind", "talos"].includes(distribution.name))
    return [{ rule: "gpu-driver", found, expected: "a driver of the host's own: the operator can build and load none there", fix: 'Install the driver on the host, and set hostBrings to "driver"' }];
  if (hostBrings === "driver-and-toolkit" && hasOwnRuntimeClass(distribution))
    return [
      {
        rule: "gpu-runtime-class",
        found,
        expected: `that nobody but ${distribution.name} makes its RuntimeClass nvidia: with a toolkit of the host, the operator would make and delete the same one`,
        fix: 'Set hostBrings to "driver": the operator\'s own toolkit goes without that class',
      },
    ];
  return [];
}

/** Every process that uses CUDA takes a few hundred MiB of a device before it has done anything. */
const leastShare = 2 ** 30;

function slices({ site: { cluster } }: Here, nodes: readonly GpuNode[]): readonly Mistake[] {
  const shares = sharesOn(cluster);
  const report = (found: string, expected: string, fix: string): readonly Mistake[] => [{ rule: "gpu-shares", found, expected, fix }];
  if (!Number.isInteger(shares) || shares < 1) return report(`${cluster.name} shares each GPU ${shares} times`, "a whole number, 1 or more", "Give nvidiaGpus a whole number of shares");
  const smallest = nodes.flatMap(({ name, gpus }) => gpus.map((gpu) => ({ name, ...gpu }))).reduce((least, it) => (bytesOf(it.memory) < bytesOf(least.memory) ? it : least));
  const most = Math.floor(bytesOf(smallest.memory) / leastShare);
  return shares > most
    ? report(
        `${cluster.name} shares each GPU ${shares} times, and the ${smallest.model} of ${smallest.name} has ${smallest.memory}`,
        `at most ${most}: time slices share the memory, and with less than 1Gi each hardly anything starts`,
        `Set shares to ${most} or less`,
      )
    : [];
}

function parts({ site: { cluster } }: Here, nodes: readonly GpuNode[], profile: string): readonly Mistake[] {
  const shares = sharesOn(cluster);
  const devices = nodes.flatMap(({ name, gpus }) => gpus.map((gpu) => ({ what: `the ${gpu.model} of ${name}`, count: migParts(gpu, profile) })));
  const whole = devices.filter(({ count }) => count === undefined).map(({ what }) => what);
  if (whole.length)
    return [
      {
        rule: "gpu-mig",
        found: `mig = "${profile}", and ${[...new Set(whole)].join(", ")} cannot be cut into parts`,
        expected: "devices with MIG: https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-gpus",
        fix: "Leave mig away: what is shared is then shared in time",
      },
    ];
  const wrong = [...new Map(devices.filter(({ count }) => count !== shares).map((it) => [it.what, it])).values()];
  return wrong.map(({ what, count }) => ({
    rule: "gpu-mig",
    found: `${cluster.name} shares each GPU ${shares} times, and ${what} has ${count} parts of ${profile}`,
    expected: "as many shares as parts: no pod shares a part with another",
    fix: count ? `Set shares to ${count}, or choose another profile` : "Choose a smaller profile",
  }));
}
