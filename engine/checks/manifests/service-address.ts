import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { addressRange, contains, spanRange } from "../../model/address-range";
import { groupsOf, repeated } from "../groups";
import { arrayOf } from "./violations";

interface Asked {
  readonly release: Release;
  readonly object: string;
  /** An address, or `TCP 30080`. */
  readonly what: string;
}

/** Where a Service asks for an address: https://metallb.io/usage/#requesting-specific-ips. Two that say this key may share one. */
const asking = ["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"];
const sharing = ["metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip"];

/**
 * What a Service asks for outside its cluster is there, and nobody else's: an address of the pools, a port of every node. Needs are
 * checked before; this is for what an app or a patch writes itself.
 */
export const serviceAddress = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const services = here.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "Service").map((manifest) => ({ release, manifest })));
    const addresses = services.flatMap(({ release, manifest }) => addressesOf(release, manifest));
    const ports = services.flatMap(({ release, manifest }) => nodePortsOf(release, manifest));
    return [
      ...addresses.filter(isOutside).map((it) => report(it, `${it.object} asks for ${it.what}`, `an address of ${it.release.cluster.name}'s pools: ${Object.values(it.release.cluster.network.pools ?? {}).join(", ")}`, "Choose an address of a pool")),
      ...ports.filter(({ port }) => port < 30000 || port > 32767).map((it) => report(it, `${it.object} asks for ${it.what} of every node`, "a port of 30000-32767", "Choose such a port")),
      ...[...repeated(addresses.filter(({ shared }) => !shared), ({ what }) => what), ...repeated(ports, ({ what }) => what)].map(([what, same]) =>
        report(same[1], `${same.map(({ release, object }) => `${release.address}'s ${object}`).join(" and ")} ask for ${what}`, "one Service for each", "Give all but one another, or none"),
      ),
    ];
  });

function addressesOf(release: Release, manifest: Manifest): readonly (Asked & { readonly shared: boolean })[] {
  if (fieldOf(manifest, "spec", "type") !== "LoadBalancer") return [];
  const annotations = manifest.metadata.annotations ?? {};
  const asked = [...asking.map((key) => annotations[key]), fieldOf(manifest, "spec", "loadBalancerIP")].flatMap((text) => (typeof text === "string" ? text.split(",") : []));
  const shared = sharing.some((key) => annotations[key] !== undefined);
  return [...new Set(asked.map((text) => text.trim()))].map((what) => ({ release, object: objectName(manifest), what, shared }));
}

/** Of the range that Kubernetes gives them from: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const nodePortsOf = (release: Release, manifest: Manifest): readonly (Asked & { readonly port: number })[] =>
  arrayOf(fieldOf(manifest, "spec", "ports")).flatMap((port) => {
    const number = fieldOf(port, "nodePort");
    return typeof number === "number" && number > 0 ? [{ release, object: objectName(manifest), what: `${String(fieldOf(port, "protocol") ?? "TCP")} ${number}`, port: number }] : [];
  });

/** A cluster without pools has its addresses from somewhere that the lab does not describe. */
function isOutside({ release, what }: Asked): boolean {
  const pools = Object.values(release.cluster.network.pools ?? {}).flatMap((text) => spanRange(text) ?? []);
  const address = addressRange(what);
  return pools.length > 0 && !(address && pools.some((pool) => contains(pool, address)));
}

const report = (it: Asked | undefined, found: string, expected: string, fix: string): Finding => error({ rule: "service-address", address: it?.release.address ?? "lab", found, expected, fix });
