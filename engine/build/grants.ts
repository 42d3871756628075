import type { Construct } from "constructs";
import { believedBy } from "../model/authority";
import { storageFor } from "../model/chosen-storage";
import { entryPortOf, routed } from "../model/flow";
import type { BucketGrant, CalleeGrant, EndpointGrant, GpuGrant, PodsGrant, SecretGrant, VolumeGrant } from "../model/grants";
import { hostNameOf } from "../model/host-name";
import type { Endpoint } from "../model/needs";
import type { Scope } from "../model/provides";
import type { Release } from "../model/release";
import type { World } from "../model/resolve";

/** Grants without the app's own types: what the engine can know of them. */
export interface AnyGrants {
  readonly exposes: Readonly<Record<string, EndpointGrant>>;
  readonly stores: Readonly<Record<string, VolumeGrant | BucketGrant>>;
  readonly secrets: Readonly<Record<string, SecretGrant>>;
  readonly talksTo: Readonly<Record<string, CalleeGrant | undefined>>;
  readonly gpu: GpuGrant | undefined;
  readonly pods: PodsGrant;
}

/** Lets the cluster's providers write into the release's chart, and hands back what they made. */
export function grantsOf(chart: Construct, release: Release, world: World): AnyGrants {
  const scope: Scope = { chart, release };
  const { needs, cluster } = release;
  const { provides } = cluster;
  return {
    exposes: mapped(needs.exposes, (name, endpoint) => endpointGrant(release, name, endpoint)),
    stores: mapped(needs.stores, (name, store) => {
      const objectName = `${release.name}-${name}`;
      if (store.as === "bucket") return promised(provides.buckets, release, "buckets").provide(scope, objectName, store);
      const storage = promised(storageFor(release, name, store), release, `storage for ${name}`);
      return storage.provide(scope, objectName, store);
    }),
    secrets: mapped(needs.secrets, (name, need) => promised(provides.secrets, release, "secrets").provide(scope, `${release.name}-${kebab(name)}`, need)),
    talksTo: mapped(needs.talksTo, (name) => calleeGrant(release, name, world)),
    gpu: needs.gpu ? promised(provides.gpu, release, "gpu").provide(needs.gpu) : undefined,
    pods: podsGrant(release),
  };
}

/** Where the release's pods may stand, and how much they matter. */
export const podsGrant = (release: Release): PodsGrant => ({
  priorityClassName: `lab-${release.app.priority}`,
  nodeSelector: release.placement.on,
  tolerations: release.placement.tolerates.map((it) => ({ key: it.key, operator: it.value === undefined ? "Exists" : "Equal", ...(it.value === undefined ? {} : { value: it.value }), effect: it.effect })),
});

export function endpointGrant(release: Release, name: string, endpoint: Endpoint): EndpointGrant {
  const service = serviceNameOf(release, endpoint);
  const port = endpoint.servicePort ?? endpoint.port;
  const inCluster = `${endpoint.scheme === "grpc" ? "http" : endpoint.scheme}://${service}.${release.namespace}.svc.cluster.local:${port}`;
  if (endpoint.reach === "cluster" || !routed(endpoint))
    return { port: endpoint.port, name, service, inCluster, url: inCluster, host: `${service}.${release.namespace}.svc.cluster.local` };
  const host = hostNameOf(release, endpoint);
  return { port: endpoint.port, name, service, inCluster, url: outsideUrl(release, endpoint), host };
}

/** One Service a component; the main component's carries the release's own name. */
export const serviceNameOf = (release: Release, endpoint: Endpoint): string =>
  endpoint.component === undefined || endpoint.component === release.app.name ? release.name : `${release.name}-${endpoint.component}`;

function outsideUrl(release: Release, endpoint: Endpoint): string {
  const port = entryPortOf(release.cluster);
  return `https://${hostNameOf(release, endpoint)}${port === 443 ? "" : `:${port}`}`;
}

function calleeGrant(release: Release, name: string, world: World): CalleeGrant | undefined {
  const peer = release.needs.talksTo?.[name];
  if (!peer) return undefined;
  switch (peer.kind) {
    case "internet":
      return { url: `https://${peer.host}${peer.port === 443 ? "" : `:${peer.port}`}`, host: peer.host, port: peer.port, address: peer.host };
    case "kubernetes-api":
      return { url: "https://kubernetes.default.svc", host: "kubernetes.default.svc", port: 443, address: "kubernetes" };
    case "component": {
      const service = `${release.name}-${peer.component}`;
      return { url: `http://${service}:${peer.port}`, host: service, port: peer.port, address: release.address };
    }
    case "addresses":
      return { url: "", host: peer.cidrs[0] ?? "", port: peer.port, address: name };
    case "nodes":
      return { url: `http://nodes:${peer.port}`, host: "nodes", port: peer.port, address: "nodes" };
    case "entry": {
      const { hostname, port } = new URL(peer.url);
      return { url: peer.url, host: hostname, port: Number(port) || 443, address: release.cluster.name };
    }
    case "neighbours":
      return undefined;
    case "protocol":
      return answering(release, name, world);
  }
}

function answering(release: Release, name: string, world: World): CalleeGrant | undefined {
  const callee = release.callees[name];
  if (!callee) return undefined;
  if (callee.kind === "external") {
    const external = world.lab.externals.find((it) => it.name === callee.name);
    if (!external) throw new Error(`${release.address}: external ${callee.name} was chosen and is not in the lab`);
    return { url: `${external.scheme}://${external.address}:${external.port}`, host: external.address, port: external.port, address: external.name, ...(external.authority ? { authority: external.authority } : {}) };
  }
  const other = world.release(callee.address);
  const endpoint = other?.needs.exposes?.[callee.endpoint];
  if (!other || !endpoint) throw new Error(`${release.address}: ${callee.address} was chosen and exposes no ${callee.endpoint}`);
  const grant = endpointGrant(other, callee.endpoint, endpoint);
  const port = endpoint.servicePort ?? endpoint.port;
  if (other.cluster === release.cluster)
    return { url: grant.inCluster, host: `${grant.service}.${other.namespace}.svc.cluster.local`, port, address: other.address };
  const believed = believedBy(other.cluster, world.lab);
  return { url: outsideUrl(other, endpoint), host: hostNameOf(other, endpoint), port: entryPortOf(other.cluster), address: other.address, ...(typeof believed === "object" ? { authority: believed } : {}) };
}

/** Checks on releases have proven that the cluster provides it; if not, the fault is the engine's own. */
function promised<T>(provider: T | undefined, release: Release, what: string): T {
  if (provider === undefined) throw new Error(`${release.address}: ${release.cluster.name} provides no ${what}, and no check said so`);
  return provider;
}

const mapped = <T, R>(record: Readonly<Record<string, T>> | undefined, grant: (name: string, value: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, grant(name, value)]));

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
