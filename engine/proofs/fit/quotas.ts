import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName } from "../../model/manifest";
import { bytes, bytesFrom, bytesOf, milliCpuOf, type Cpu } from "../../model/quantity";
import type { Packing } from "./pack";
import { nothing, plus, type Requests } from "./requests";

/**
 * A namespace's quota lets in every pod that stands in it: one beyond it is never made, and only its controller's events say so.
 * Limits are not counted: what a controller's pods may take at the most is not known. https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotasHold(cluster: Cluster, built: readonly Built[], { placed }: Packing): readonly Finding[] {
  const quotas = built.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "ResourceQuota").map((quota) => ({ release, quota })));
  return quotas.flatMap(({ release, quota }) => {
    const namespace = quota.metadata.namespace ?? release.namespace;
    const here = placed.filter(({ pods }) => pods.namespace === namespace).map(({ pods }) => pods.requests);
    const asked = here.reduce(plus, nothing);
    return Object.entries(fieldOf(quota, "spec", "hard") ?? {}).flatMap(([what, most]) => {
      const counted = countedOf(what, String(most), asked, here.length);
      if (!counted || counted.asked <= counted.most) return [];
      return [
        error({
          rule: "quota-holds",
          address: release.address,
          found: `${objectName(quota)} lets in ${what} of ${counted.shown(counted.most)}, and the pods of ${namespace} on ${cluster.name} ask for ${counted.shown(counted.asked)}`,
          expected: "a quota that all of them fit in",
          fix: "Raise the quota, or ask for less",
        }),
      ];
    });
  });
}

interface Counted {
  readonly asked: number;
  readonly most: number;
  readonly shown: (value: number) => string;
}

/** What is counted here, in its own unit; undefined for everything else that a quota may name. */
function countedOf(what: string, most: string, { cpu, memory, ephemeralStorage, devices }: Requests, pods: number): Counted | undefined {
  const ofBytes = (asked: number): Counted | undefined => {
    const parsed = bytes.safeParse(most);
    return parsed.success ? { asked, most: bytesOf(parsed.data), shown: bytesFrom } : undefined;
  };
  switch (what) {
    case "pods":
    case "count/pods":
      return { asked: pods, most: Number(most), shown: String };
    case "cpu":
    case "requests.cpu":
      return { asked: cpu, most: milliCpuOf(most as Cpu), shown: (value) => String(value / 1000) };
    case "memory":
    case "requests.memory":
      return ofBytes(memory);
    case "requests.ephemeral-storage":
      return ofBytes(ephemeralStorage);
    default: {
      const device = what.startsWith("requests.") ? what.slice("requests.".length) : "";
      return device.includes("/") ? { asked: devices[device] ?? 0, most: Number(most), shown: String } : undefined;
    }
  }
}
