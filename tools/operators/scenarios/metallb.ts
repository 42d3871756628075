import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited } from "./condition";
import { refusedBy } from "./refused";

/** By which a Service asks for one address: https://metallb.io/usage/#requesting-specific-ips */
const WANTED = "metallb.io/loadBalancerIPs";

/** Gives addresses to Services; its speaker, which announces them on a network card, is not run. */
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
    const fixed = committed(cluster, "Service").filter(({ metadata }) => metadata.annotations?.[WANTED] !== undefined);
    return [...(await Promise.all(fixed.map((service) => getsItsAddress(cluster, service)))), await getsAnyAddress(cluster), await overlapIsRefused(cluster)];
  },
};

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
