import type { Construct } from "constructs";
import { IntOrString, KubeService, type ServicePort } from "cdk8s-plus-30/lib/imports/k8s";
import { routed } from "../model/flow";
import { hostNameOf } from "../model/host-name";
import type { Endpoint } from "../model/needs";
import type { TlsGrant } from "../model/provides";
import { nodePortOf, servicePortOf } from "../model/node-port";
import { selectorOf, type Release } from "../model/release";
import { endpointGrant, serviceNameOf } from "./grants";
import { PlainObject } from "../workload/plain-object";

type Named = readonly [name: string, endpoint: Endpoint];

/** What exposing gives: a Service for each component, an address where the LAN calls it directly, a route, a certificate. */
export function expose(chart: Construct, release: Release): void {
  const endpoints = Object.entries(release.needs.exposes ?? {});
  for (const [service, members] of grouped(endpoints, (endpoint) => serviceNameOf(release, endpoint))) {
    clusterService(chart, release, service, members);
    const direct = members.filter(([, endpoint]) => endpoint.reach !== "cluster" && !routed(endpoint));
    for (const [address, ports] of grouped(direct, (endpoint) => endpoint.address ?? "any")) lanService(chart, release, service, address, ports);
  }
  for (const named of endpoints) if (isRoute(named)) route(chart, release, ...named);
}

const isRoute = ([, endpoint]: Named): boolean => endpoint.reach !== "cluster" && routed(endpoint);

function grouped(endpoints: readonly Named[], keyOf: (endpoint: Endpoint) => string): ReadonlyMap<string, readonly Named[]> {
  const groups = new Map<string, Named[]>();
  for (const named of endpoints) {
    const group = groups.get(keyOf(named[1])) ?? [];
    group.push(named);
    groups.set(keyOf(named[1]), group);
  }
  return groups;
}

const portOf = ([name, endpoint]: Named): ServicePort => ({
  name,
  port: servicePortOf(endpoint),
  targetPort: IntOrString.fromNumber(endpoint.port),
  protocol: endpoint.scheme === "udp" ? "UDP" : "TCP",
  // Meshes and Gateways read it to speak HTTP/2 or TLS to the pod.
  ...(endpoint.scheme === "grpc" ? { appProtocol: "kubernetes.io/h2c" } : endpoint.scheme === "https" ? { appProtocol: "https" } : {}),
});

/** The pods behind one Service: a component's, or the active ones of them. */
const answering = (release: Release, members: readonly Named[]): Readonly<Record<string, string>> =>
  members.reduce((selector, [, endpoint]) => ({ ...selector, ...endpoint.only }), selectorOf(release, members[0]?.[1].component));

function clusterService(chart: Construct, release: Release, name: string, members: readonly Named[]): void {
  const annotations = Object.assign({}, ...members.filter(isRoute).map(([, { scheme }]) => release.cluster.provides.ingress?.serviceAnnotations?.(scheme)));
  new PlainObject(chart, `service-${name}`, KubeService.manifest({
    metadata: { name, ...(Object.keys(annotations).length ? { annotations } : {}) },
    spec: { type: "ClusterIP", selector: answering(release, members), ports: members.map(portOf) },
  }));
}

/** On Kind, a port of the node that the cluster's configuration maps to the host; elsewhere an address of the pools. */
function lanService(chart: Construct, release: Release, service: string, address: string, members: readonly Named[]): void {
  const { network, provides } = release.cluster;
  const name = `${service}-lan`;
  const selector = answering(release, members);
  if (network.hostPorts) {
    const ports = members.map((named) => ({ ...portOf(named), nodePort: nodePortOf(named[1]) }));
    new PlainObject(chart, `service-${name}`, KubeService.manifest({ metadata: { name }, spec: { type: "NodePort", selector, ports } }));
    return;
  }
  const pool = Object.keys(network.pools ?? {})[0] ?? "default";
  new PlainObject(chart, `service-${name}`, KubeService.manifest({
    metadata: { name, annotations: { ...provides.loadBalancer?.annotations(pool, address === "any" ? undefined : address) } },
    spec: {
      type: "LoadBalancer",
      selector,
      ports: members.map(portOf),
      // The caller's own address survives, so that policies and logs see who called.
      externalTrafficPolicy: "Local",
      allocateLoadBalancerNodePorts: false,
    },
  }));
}

function route(chart: Construct, release: Release, name: string, endpoint: Endpoint): void {
  const { ingress, certificates } = release.cluster.provides;
  if (!ingress) throw new Error(`${release.address}: ${release.cluster.name} provides no ingress, and no check said so`);
  const tls: TlsGrant | undefined = certificates?.certify(`${release.name}-${name}-tls`);
  ingress.route({ chart, release }, { ...endpoint, host: hostNameOf(release, endpoint) }, endpointGrant(release, name, endpoint), tls);
}
