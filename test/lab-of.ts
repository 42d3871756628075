import type { Chart } from "cdk8s";
import { z } from "zod";
import { build } from "../engine/build/release";
import { localPath } from "../engine/capabilities/storage/local-path";
import { defineApp, type App, type Building, type Priority, type SettingsSchema } from "../engine/model/app";
import type { Built } from "../engine/model/built";
import { nodeOn, type Cluster, type ClusterNetwork } from "../engine/model/cluster";
import { k3s } from "../engine/model/distribution";
import { sentenceOf } from "../engine/model/finding";
import type { Host } from "../engine/model/host";
import type { Lab } from "../engine/model/lab";
import type { Made } from "../engine/model/makes";
import type { Manifest } from "../engine/model/manifest";
import type { Needs } from "../engine/model/needs";
import { place, type Placement } from "../engine/model/placement";
import type { Provides } from "../engine/model/provides";
import { resolve, type World } from "../engine/model/resolve";

/** A machine of the test lab, at `192.168.40.<last>`. */
export const hostOf = (host: Partial<Host> & { readonly last?: number } = {}): Host => ({
  name: "one-1",
  arch: "amd64",
  cpu: 16,
  memory: "64Gi",
  disks: [{ id: `nvme-test-${host.last ?? 11}`, size: "500Gi", media: "nvme", use: "system" }],
  addresses: { lan: `192.168.40.${host.last ?? 11}` },
  ...host,
});

/** The two machines that cluster "one" stands on. */
export const twoHosts: readonly Host[] = [hostOf(), hostOf({ name: "one-2", last: 12 })];

/**
 * A cluster that meets every need without anybody's help: nothing is `backedBy`, so a test places only the app it is about.
 * `network` and `provides` are completed, and a provider given as undefined is taken away; everything else is taken as given.
 */
export function clusterOf(
  cluster: Partial<Omit<Cluster, "network" | "provides">> & { readonly network?: Partial<ClusterNetwork>; readonly provides?: Given<Provides> } = {},
): Cluster {
  return {
    name: "one",
    role: "tests",
    environment: "production",
    distribution: k3s({ disable: ["traefik", "servicelb"] }),
    kubernetes: "1.36",
    nodes: twoHosts.map((host, index) => nodeOn(host, { network: "lan", role: index === 0 ? "control-plane" : "worker" })),
    runs: [],
    ...cluster,
    network: { ...testNetwork, ...cluster.network },
    provides: definedOnly({ ...testProviders, ...cluster.provides }) as Provides,
  };
}

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

const definedOnly = (values: object): unknown => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const testNetwork: ClusterNetwork = {
  nodes: "lan",
  pods: "10.42.0.0/16",
  services: "10.43.0.0/16",
  api: "https://192.168.40.11:6443",
  pools: { default: "192.168.40.200-192.168.40.220" },
  ingress: "192.168.40.200",
};

/** Providers that only hand back grants, so that a test of an app needs no other app. */
export const testProviders: Provides = {
  storage: {
    precious: localPath(k3s()),
    rebuildable: localPath(k3s()),
    shared: { ...localPath(k3s()), accessModes: ["ReadWriteMany"], nodeLocal: false },
  },
  buckets: {
    provide: (_scope, name) => ({
      bucketName: name,
      endpoint: "s3.test.example",
      insecure: false,
      region: "test",
      accessKey: { name: `${name}-s3`, key: "accessKey" },
      secretKey: { name: `${name}-s3`, key: "secretKey" },
    }),
  },
  ingress: { ingressClassName: "traefik", controller: "traefik", route: () => undefined },
  certificates: { issuer: "test", believedBy: "lab", certify: (name) => ({ secretName: name, annotations: {} }) },
  loadBalancer: { annotations: () => ({}) },
  secrets: { provide: (_scope, name, need) => ({ name: need.shape?.name ?? name, key: Object.keys(need.shape?.data ?? {})[0] ?? "value" }) },
  gpu: {
    vendor: "nvidia",
    shares: 1,
    provide: (need) => ({ resource: "nvidia.com/gpu", count: need.count, runtimeClassName: "nvidia", tolerations: [] }),
  },
  backup: { runs: ["velero"], protect: () => undefined, parts: () => [] },
};

/** A lab of one k3s cluster with two amd64 nodes; what is given replaces what is there. */
export const labOf = (lab: Partial<Lab> = {}): Lab => ({
  name: "test",
  domain: "test.example",
  gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "one" },
  networks: [{ name: "lan", cidr: "192.168.40.0/24", gateway: "192.168.40.1" }],
  hosts: twoHosts,
  people: [],
  externals: [],
  clusters: [clusterOf()],
  ...lab,
});

/** An app of which only what a test is about is said. Without `build` it writes nothing. */
export function appOf<Schema extends SettingsSchema = typeof noSettings, const N extends Needs = Needs>(
  app: {
    readonly name?: string;
    readonly settings?: Schema;
    readonly needs?: N;
    readonly makes?: readonly Made[];
    readonly crds?: readonly string[];
    readonly priority?: Priority;
    readonly build?: (chart: Chart, release: Building<z.output<Schema>, N>) => void;
  } = {},
): App<Schema, N> {
  return defineApp<Schema, N>({
    name: app.name ?? "app",
    settings: app.settings ?? (noSettings as unknown as Schema),
    needs: () => app.needs ?? ({} as N),
    makes: () => app.makes ?? [],
    build: app.build ?? (() => undefined),
    ...(app.crds ? { crds: app.crds } : {}),
    ...(app.priority ? { priority: app.priority } : {}),
  });
}

const noSettings = z.object({});

/** A resolved lab. A test whose lab does not even resolve is told why. */
export function worldOf(lab: Partial<Lab> = {}): World {
  const { world, findings } = resolve(labOf(lab));
  if (findings.length) throw new Error(`the test's lab does not resolve:\n${findings.map(sentenceOf).join("\n")}`);
  return world;
}

/** The test lab with these placements on its one cluster. */
export const worldRunning = (...runs: readonly Placement[]): World => worldOf({ clusters: [clusterOf({ runs })] });

/** Every release of a world, built. */
export const builtOf = (world: World): readonly Built[] => world.releases.map((release) => build(release, world));

/** The objects of one placement in the test lab, as the engine would write them. */
export function manifestsOf(placement: Placement, ...others: readonly Placement[]): readonly Manifest[] {
  const [first] = builtOf(worldRunning(placement, ...others));
  return first?.manifests ?? [];
}

/** A release that consists of objects written by hand, for tests of checks on manifests. */
export function builtFrom(manifests: readonly Manifest[], app: App = appOf()): { readonly built: readonly Built[]; readonly world: World } {
  const world = worldRunning(place(app));
  return { built: world.releases.map((release) => ({ release, manifests, findings: [] })), world };
}
