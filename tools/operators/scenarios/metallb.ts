import { z } from "zod";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";
import { refusedBy } from "./refused";

/** By which a Service asks for one address: https://metallb.io/usage/#requesting-specific-ips */
const WANTED = "metallb.io/loadBalancerIPs";

/** Gives addresses to Services. */
export const metallb: Operator = {
  name: "metallb",
  parts: [
    {
      workload: "metallb-controller",
      program: "metallb",
      webhook: { service: "metallb-controller", port: 9443 },
    },
  ],
  changes: ["a Service without a wanted address is added, to see which pool it is served from"],
  examine: async (cluster) => {
    const fixed = fixedServices(cluster);
    return [
      ...(await Promise.all(fixed.map((service) => getsItsAddress(cluster, service)))),
      await getsAnyAddress(cluster),
      await overlapIsRefused(cluster),
    ];
  },
};

/** Announces addresses. It starts when its Secret is there, which comes after what the controller's webhook answers for. */
export const metallbSpeaker: Operator = {
  name: "metallb-speaker",
  parts: [{ workload: "metallb-speaker", kind: "DaemonSet", program: "metallb-speaker", flags: { "--port": "9121", "--health-probe-port": "17473" }, on: announcingNode }],
  needs: [metallb],
  changes: ["the speaker of one node is run, and finds no network card: it takes addresses over, and nobody hears of it"],
  examine: (cluster) => Promise.all(fixedServices(cluster).map((service) => isAnnounced(cluster, service))),
};

const fixedServices = (cluster: Pick<LabCluster, "objects">): readonly KubernetesObject[] => committed(cluster, "Service").filter(({ metadata }) => metadata.annotations?.[WANTED] !== undefined);

const slice = z.looseObject({ endpoints: z.array(z.looseObject({ nodeName: z.string().optional(), conditions: z.looseObject({ ready: z.boolean().optional() }).optional() })).nullish() });

/** A node with pods behind a Service: where traffic stays local, no other may announce it. */
async function announcingNode(cluster: LabCluster): Promise<string> {
  const { client, process } = cluster.running.api;
  const { name, namespace } = fixedServices(cluster)[0]!.metadata;
  return until({ what: `pods behind ${String(namespace)}/${name}`, timeoutSeconds: 60, everyMilliseconds: 500, signal: process.died }, async () => {
    const slices = (await client.list("discovery.k8s.io/v1", "EndpointSlice", namespace)).filter((object) => object.metadata.labels?.["kubernetes.io/service-name"] === name);
    return slices.flatMap((object) => slice.parse(object).endpoints ?? []).find(({ conditions }) => conditions?.ready === true)?.nodeName;
  });
}

/** The speaker has taken the address over, and says so: https://metallb.io/usage/#checking-which-node-is-announcing-a-service */
async function isAnnounced(cluster: LabCluster, { metadata }: KubernetesObject): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  const node = await announcingNode(cluster);
  const problems = await awaitedOutcome(process.died, `who announces ${metadata.name}`, async () => {
    const told = (await client.list("metallb.io/v1beta1", "ServiceL2Status")).map((object) => z.looseObject({}).parse(object["status"] ?? {}));
    const own = told.filter((status) => status["serviceName"] === metadata.name && status["serviceNamespace"] === metadata.namespace);
    return own.length === 1 && own[0]!["node"] === node ? undefined : `there is ${JSON.stringify(own)}`;
  });
  return { says: `Service ${metadata.namespace ?? ""}/${metadata.name} is announced by ${node}, where its pods are`, problems };
}

async function getsItsAddress(cluster: LabCluster, service: KubernetesObject): Promise<Assertion> {
  const wanted = service.metadata.annotations?.[WANTED] ?? "";
  const problems = await awaited(cluster, service, (object) => (addressOf(object) === wanted ? undefined : `its address is ${String(addressOf(object))}`));
  return { says: `Service ${service.metadata.namespace ?? ""}/${service.metadata.name} gets ${wanted}`, problems };
}

async function getsAnyAddress(cluster: LabCluster): Promise<Assertion> {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "e2e-any-address", namespace: "default" },
    spec: { type: "LoadBalancer", selector: { app: "e2e" }, ports: [{ port: 80 }] },
  };
  await cluster.running.api.client.apply(service);
  const ranges = committed(cluster, "IPAddressPool")
    .filter((pool) => fieldOf(pool, "spec", "autoAssign") !== false)
    .flatMap(rangesOf);
  const problems = await awaited(cluster, service, (object) => {
    const address = addressOf(object);
    return address !== undefined && ranges.some((range) => isWithin(address, range)) ? undefined : `its address is ${String(address)}, and the pools for everybody are ${ranges.join(", ")}`;
  });
  return { says: "a Service that wants no address in particular gets one of the pool for everybody", problems };
}

/** MetalLB refuses a pool that shares addresses with another. */
function overlapIsRefused(cluster: LabCluster): Promise<Assertion> {
  const pool = committed(cluster, "IPAddressPool")[0]!;
  const overlapping = { ...pool, metadata: { name: "e2e-overlap", namespace: pool.metadata.namespace } };
  return refusedBy(cluster, "ipaddresspoolvalidationwebhook.metallb.io", overlapping, "a pool that overlaps another");
}

function addressOf(service: KubernetesObject): string | undefined {
  const ingress = fieldOf(service, "status", "loadBalancer", "ingress");
  const address = Array.isArray(ingress) ? fieldOf(ingress[0], "ip") : undefined;
  return typeof address === "string" ? address : undefined;
}

function rangesOf(pool: KubernetesObject): readonly string[] {
  const addresses = fieldOf(pool, "spec", "addresses");
  return Array.isArray(addresses) ? addresses.map(String) : [];
}

/** Whether an address lies in "first-last". */
export function isWithin(address: string, range: string): boolean {
  const [first = "", last = first] = range.split("-");
  return numberOf(first) <= numberOf(address) && numberOf(address) <= numberOf(last);
}

const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
