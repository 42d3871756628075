import { readFileSync } from "node:fs";
import { metallb } from "../../apps/metallb/metallb";
import { metallbPools } from "../../apps/metallb/provides";
import { traefik } from "../../apps/traefik/traefik";
import { ordered } from "../../engine/argocd/order";
import { syncWaveAnnotation } from "../../engine/model/sync-wave";
import { build } from "../../engine/build/release";
import type { ClusterNetwork } from "../../engine/model/cluster";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import { resolve, type World } from "../../engine/model/resolve";
import { builtOf, clusterOf, labOf, manifestsOf, worldOf } from "../lab-of";

const running = (network: Partial<ClusterNetwork>, ...runs: readonly Placement[]): World =>
  worldOf({ clusters: [clusterOf({ network, provides: { loadBalancer: metallbPools() }, runs })] });

const objectsOf = (world: World, kind: string): readonly Manifest[] => builtOf(world).flatMap(({ manifests }) => manifests.filter((it) => it.kind === kind));

const pools = (network: Partial<ClusterNetwork>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(objectsOf(running(network, place(metallb)), "IPAddressPool").map(({ metadata, spec }) => [metadata.name, [fieldOf(spec, "addresses"), fieldOf(spec, "autoAssign")]]));

test("the cluster's pools become address pools, and only the first hands out by itself", () => {
  expect(pools({ pools: { lan: "192.168.40.210-192.168.40.220", fixed: "192.168.40.230-192.168.40.231" } })).toEqual({
    lan: [["192.168.40.210-192.168.40.220"], true],
    fixed: [["192.168.40.230-192.168.40.231"], false],
  });
});

test("nobody is handed the ingress' address by chance", () => {
  expect(pools({ pools: { lan: "192.168.40.200-192.168.40.220" }, ingress: "192.168.40.205" })).toEqual({
    lan: [["192.168.40.200-192.168.40.204", "192.168.40.206-192.168.40.220"], true],
    "lan-ingress": [["192.168.40.205-192.168.40.205"], false],
  });
});

test("a pool that is the ingress' address alone hands out nothing else", () => {
  expect(pools({ pools: { lan: "192.168.40.200-192.168.40.200" }, ingress: "192.168.40.200" })).toEqual({ lan: [["192.168.40.200-192.168.40.200"], false] });
});

test("every pool is announced", () => {
  const world = running({ pools: { lan: "192.168.40.200-192.168.40.220", fixed: "192.168.40.230-192.168.40.231" } }, place(metallb));
  const announced = objectsOf(world, "L2Advertisement").flatMap(({ spec }) => fieldOf(spec, "ipAddressPools"));
  expect(announced).toEqual(objectsOf(world, "IPAddressPool").map(({ metadata }) => metadata.name));
});

test("its pools wait for its webhook", () => {
  const world = running({}, place(metallb));
  const [release] = world.releases;
  const waves = ordered(release!, build(release!, world).manifests).map(({ kind, metadata }) => [kind, metadata.annotations?.[syncWaveAnnotation]] as const);
  expect(waves.filter(([, wave]) => wave === "1").map(([kind]) => kind).sort()).toEqual(["IPAddressPool", "IPAddressPool", "L2Advertisement", "L2Advertisement"]);
});

test("a fixed address is asked for without a pool, which may be another than the address'", () => {
  const lan = objectsOf(running({}, place(metallb), place(traefik)), "Service").find(({ metadata }) => metadata.name === "traefik-lan");
  expect(lan?.metadata.annotations).toEqual({ "metallb.io/loadBalancerIPs": "192.168.40.200" });
});

test("the webhook's Service, its configuration and the shared CRD agree on one name", () => {
  const crd: unknown = JSON.parse(readFileSync("imports/crds/metallb/0.16.2/bgppeers.metallb.io.json", "utf8"));
  const [configuration] = manifestsOf(place(metallb)).filter(({ kind }) => kind === "ValidatingWebhookConfiguration");
  const service = fieldOf(configuration, "webhooks", 0, "clientConfig", "service");
  expect(service).toMatchObject({ name: "metallb-controller", namespace: "metallb" });
  expect(fieldOf(crd, "spec", "conversion", "webhook", "clientConfig", "service")).toMatchObject({ name: "metallb-controller", namespace: "metallb" });
});

test("a cluster without pools is no place for it", () => {
  const { findings } = resolve(labOf({ clusters: [clusterOf({ network: { pools: {} }, runs: [place(metallb)] })] }));
  expect(findings.map(({ rule }) => rule)).toEqual(["pools-given"]);
});
