import { argoCd } from "../../../apps/argo-cd/argo-cd";
import { certManager } from "../../../apps/cert-manager/cert-manager";
import { issuedBy } from "../../../apps/cert-manager/provides";
import { externalSecrets } from "../../../apps/external-secrets/external-secrets";
import { externalSecrets as fromVault } from "../../../apps/external-secrets/provides";
import { gcpSecretManager } from "../../../apps/external-secrets/store";
import { metallb } from "../../../apps/metallb/metallb";
import { metallbPools } from "../../../apps/metallb/provides";
import { nodeExporter } from "../../../apps/node-exporter/node-exporter";
import { prometheus } from "../../../apps/prometheus/prometheus";
import { prometheusOperator } from "../../../apps/prometheus-operator/prometheus-operator";
import { prometheusMonitoring } from "../../../apps/prometheus-operator/provides";
import { traefikIngress } from "../../../apps/traefik/provides";
import { traefik } from "../../../apps/traefik/traefik";
import { localPath } from "../../../engine/capabilities/storage/local-path";
import { nodeOn, type Cluster } from "../../../engine/model/cluster";
import { k3s } from "../../../engine/model/distribution";
import type { Host } from "../../../engine/model/host";
import { image } from "../../../engine/model/image";
import type { Lab } from "../../../engine/model/lab";
import { maybe, rebuildable } from "../../../engine/model/needs";
import { place, type Placement } from "../../../engine/model/placement";
import { containerApp } from "../../../engine/workload/container-app";

const distribution = k3s({ disable: ["traefik", "servicelb"] });
const local = localPath(distribution);
const nodesEach = 4;

/**
 * A lab of so many clusters with so many releases each: seven of the catalogue's, the others an owner's own. The first is the hub.
 * @param changed the address of a release of the owner's own that gets more memory: what one change to a lab costs
 */
export function largeLab(clusters: number, releases: number, changed?: string): Lab {
  const sites = Array.from({ length: clusters }, (_, index) => siteOf(index));
  return {
    name: "large",
    domain: "large.example",
    gitops: { mode: "hub", hub: nameOf(0), repository: "https://git.example.org/large.git", branch: "main" },
    // Every policy that lets the LAN in names all networks of the lab, so that they are few.
    networks: [...new Map(sites.map(({ network }) => [network.name, network])).values()],
    hosts: sites.flatMap(({ hosts }) => hosts),
    people: [],
    externals: [],
    clusters: sites.map((site, index) => clusterOf(site, index, releases, changed)),
  };
}

type Site = ReturnType<typeof siteOf>;

const nameOf = (index: number): string => `c${String(index).padStart(4, "0")}`;

/** The machines of a cluster, which have the addresses of a /24 in one of the lab's networks: 256 clusters share each. */
function siteOf(index: number) {
  const second = 16 + Math.floor(index / 256);
  const base = `172.${second}.${index % 256}`;
  const name = nameOf(index);
  const network = { name: `lan-${second}`, cidr: `172.${second}.0.0/16`, gateway: `172.${second}.0.1` };
  const hosts = Array.from({ length: nodesEach }, (_, node): Host => ({
    name: `${name}-${node}`,
    arch: node % 2 === 0 ? "amd64" : "arm64",
    cpu: 16,
    memory: "64Gi",
    disks: [{ id: `nvme-${name}-${node}`, size: "900Gi", media: "nvme", use: "system" }],
    addresses: { [network.name]: `${base}.${11 + node}` },
  }));
  return { name, base, network, hosts };
}

/** Pods and Services: a /20 each of 10.0.0.0/8, which has room for 2,048 clusters. */
const rangeOf = (number: number): string => `10.${Math.floor(number / 16)}.${(number % 16) * 16}.0/20`;

function clusterOf({ name, base, network, hosts }: Site, index: number, releases: number, changed: string | undefined): Cluster {
  const secrets = fromVault({ store: "vault" });
  return {
    name,
    role: "one of many",
    environment: index % 3 === 0 ? "production" : "staging",
    distribution,
    kubernetes: "1.36",
    network: {
      nodes: network.name,
      pods: rangeOf(2 * index),
      services: rangeOf(2 * index + 1),
      api: `https://${base}.11:6443`,
      pools: { lan: `${base}.200-${base}.229` },
      ingress: `${base}.200`,
    },
    nodes: hosts.map((host, node) => nodeOn(host, { network: network.name, role: node === 0 ? "control-plane" : "worker" })),
    provides: {
      storage: { rebuildable: local, precious: local },
      ingress: traefikIngress(),
      certificates: issuedBy("lab-ca"),
      loadBalancer: metallbPools(),
      secrets,
      metrics: prometheusMonitoring(),
    },
    runs: runsOn(index, releases).map((placement) => (`${name}/${placement.name}` === changed ? { ...placement, settings: { ...placement.settings, memory: "192Mi" } } : placement)),
  };
}

const vault = gcpSecretManager({ projectID: "large-vault" });
const foundation: readonly Placement[] = [
  place(certManager),
  place(externalSecrets, { settings: { stores: { vault } } }),
  place(traefik),
  place(metallb),
  place(prometheusOperator),
  place(prometheus, { settings: { space: "20Gi", retention: "3d", memory: "1Gi" } }),
  place(nodeExporter),
];

function runsOn(index: number, releases: number): readonly Placement[] {
  const first = [...foundation, ...(index === 0 ? [place(argoCd)] : [])];
  return [...first, ...own.slice(0, Math.max(0, releases - first.length))];
}

/** Own apps, each of which calls the one before it. Every third keeps something, and so runs once. */
const own: readonly Placement[] = Array.from({ length: 100 }, (_, number) => {
  const app = containerApp({
    name: `app-${number}`,
    image: image("registry.example.org/app", `1.${number}.0`),
    port: 8080,
    health: "/healthz",
    speaks: `api-${number}`,
    ...(number % 3 === 0 ? { stores: { "/data": rebuildable("1Gi") } } : {}),
    secrets: { SESSION_KEY: "generated", VENDOR_TOKEN: "vendor-token" },
    talksTo: number === 0 ? {} : { upstream: maybe(`api-${number - 1}`) },
    writes: ["/tmp"],
  });
  return place(app, { settings: { replicas: 1 + (number % 3) } });
});
