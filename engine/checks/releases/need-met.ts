import { storageFor, storageNameFor } from "../../model/chosen-storage";
import type { Cluster } from "../../model/cluster";
import { error, warning, type Finding } from "../../model/finding";
import { carried, routed } from "../../model/flow";
import type { Endpoint, SecretNeed, Store } from "../../model/needs";
import type { Provides } from "../../model/provides";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";

/** Every need has a provider on its cluster: nothing is left for a claim or a pod to find out by waiting. */
export const needMet = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) => [
    ...Object.entries(release.needs.stores ?? {}).flatMap(([name, store]) => storeMet(release, name, store, world)),
    ...Object.entries(release.needs.exposes ?? {}).flatMap(([name, endpoint]) => endpointMet(release, name, endpoint, world)),
    ...secretsMet(release, world),
    ...gpuMet(release, world),
  ]);

function storeMet(release: Release, name: string, store: Store, world: World): readonly Finding[] {
  const { provides } = release.cluster;
  if (store.as === "bucket") return provides.buckets ? [] : [missing(release, `stores.${name}, a bucket`, "buckets", world)];
  const wanted = storageNameFor(release, name, store);
  const storage = storageFor(release, name, store);
  const names = Object.keys(provides.storage);
  if (!storage)
    return [
      unmet(
        release,
        `stores.${name} wants storage "${wanted}", and ${release.cluster.name} has none`,
        names.length ? `one of: ${names.join(", ")}` : "storage, and there is none",
        `Set storage.${name} where it is placed, or add storage.${wanted} to the cluster's \`provides\``,
      ),
    ];
  if (store.as === "shared" && !storage.accessModes.includes("ReadWriteMany"))
    return [
      unmet(
        release,
        `stores.${name} is mounted by many pods, and storage "${wanted}" only by one`,
        "storage with ReadWriteMany",
        `Choose shared storage with storage.${name}, or add storage.shared to the cluster's \`provides\``,
      ),
    ];
  return [];
}

function secretsMet(release: Release, world: World): readonly Finding[] {
  const needs = Object.entries(release.needs.secrets ?? {});
  const { secrets } = release.cluster.provides;
  if (needs.length && !secrets) return [missing(release, "secrets", "secrets", world)];
  if (!secrets?.vaultless) return [];
  return needs.flatMap(([name, need]) => {
    const why = whyVault(need);
    return why ? [unmet(release, `secrets.${name} ${why}, and ${release.cluster.name} has no vault`, "secrets from a vault", "Give the cluster's `provides.secrets` a vault, or place it elsewhere")] : [];
  });
}

function whyVault(need: SecretNeed): string | undefined {
  if (need.from === "vault") return `is the vault's ${need.key}`;
  if (need.guards) return "guards data, and must outlive the cluster";
  // At any change of that Secret the source is asked again, and a generator would answer with a new value.
  return need.shape?.into === "merge" ? "is merged into a Secret that others write to" : undefined;
}

function gpuMet(release: Release, world: World): readonly Finding[] {
  const { needs, cluster } = release;
  if (!needs.gpu) return [];
  const { gpu } = cluster.provides;
  if (!gpu) return [missing(release, `gpu, ${needs.gpu.count} of ${needs.gpu.vendor}`, "gpu", world)];
  return gpu.vendor === needs.gpu.vendor
    ? []
    : [
        unmet(
          release,
          `it needs a GPU of ${needs.gpu.vendor}, and ${cluster.name} provides ${gpu.vendor}`,
          "a provider of the same vendor",
          "Change the app's setting for the accelerator, or place it elsewhere",
        ),
      ];
}

/** Beyond the cluster, web traffic takes the ingress, and anything else an address or a host port of its own. */
function endpointMet(release: Release, name: string, endpoint: Endpoint, world: World): readonly Finding[] {
  const { cluster } = release;
  const { network, provides, distribution } = cluster;
  if (endpoint.reach === "cluster") return [];
  const wants = `exposes.${name} reaches the ${endpoint.reach === "lan" ? "LAN" : "internet"}`;
  if (!distribution.lanReachable && !network.hostPorts)
    return [
      unmet(release, `${wants}, and no port of a host leads into ${cluster.name}`, "`hostPorts` on Kind", "Give the cluster's network `hostPorts`"),
    ];
  if (routed(endpoint)) return [...webMet(release, wants), ...internetMet(release, wants, endpoint, world)];
  if (network.hostPorts || distribution.bundles.includes("servicelb")) return [];
  if (provides.loadBalancer && Object.keys(network.pools ?? {}).length) return [];
  return [
    unmet(
      release,
      `${wants} by ${endpoint.scheme}, and ${cluster.name} hands out no addresses`,
      "a `loadBalancer` provider and `pools`",
      "Add both to the cluster, or keep the endpoint inside it",
    ),
  ];
}

function webMet(release: Release, wants: string): readonly Finding[] {
  const { cluster } = release;
  const { provides, network } = cluster;
  if (!provides.ingress)
    return [
      unmet(
        release,
        `${wants} by host name, and ${cluster.name} provides no ingress`,
        "an ingress provider",
        "Add `ingress` to the cluster's `provides`",
      ),
    ];
  if (!network.hostPorts && !network.ingress)
    return [
      unmet(release, `${wants}, and ${cluster.name} has no ingress address`, "the address that its host names point at", "Set network.ingress"),
    ];
  if (provides.certificates) return [];
  // Still encrypted, with the controller's own certificate, which nobody's browser trusts.
  return [
    warning({
      rule: "need-met",
      address: release.address,
      found: `${wants}, and ${cluster.name} provides no certificates`,
      expected: "certificates that callers can verify",
      fix: "Add `certificates` to the cluster's `provides`",
    }),
  ];
}

/** Callers from the internet are carried to it, or come in by an ingress that they reach. */
function internetMet(release: Release, wants: string, endpoint: Endpoint, world: World): readonly Finding[] {
  const { cluster } = release;
  if (endpoint.reach !== "internet" || carried(cluster, endpoint)) return [];
  const controllers = world.releasesOn(cluster).filter((it) => it.app.name === cluster.provides.ingress?.controller);
  if (controllers.some(({ needs }) => Object.values(needs.exposes ?? {}).some(({ reach }) => reach === "internet"))) return [];
  return [
    unmet(
      release,
      `${wants} by ${endpoint.scheme}, and nothing on ${cluster.name} lets callers from there in`,
      "a provider of `internet`, or an ingress that the internet reaches",
      `Add \`internet\` to the cluster's \`provides\`, as cloudflareTunnel(), or leave it to the LAN`,
    ),
  ];
}

const unmet = (release: Release, found: string, expected: string, fix: string): Finding =>
  error({ rule: "need-met", address: release.address, found, expected, fix });

function missing(release: Release, need: string, kind: keyof Provides, world: World): Finding {
  const elsewhere = world.lab.clusters.filter(({ provides }: Cluster) => provides[kind] !== undefined).map(({ name }) => name);
  return unmet(
    release,
    `it needs ${need}, and ${release.cluster.name} provides no ${kind}`,
    `a provider of ${kind}`,
    `Add \`${kind}\` to the cluster's \`provides\`${elsewhere.length ? `, or place it on one that has it: ${elsewhere.join(", ")}` : ""}`,
  );
}
