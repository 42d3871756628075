import type { Chart } from "cdk8s";
import type { Site } from "../../engine/model/site";
import { IpAddressPool, L2Advertisement } from "../../imports/metallb";
import { rangesWithout } from "./address-range";

interface Pool {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Whether a Service that names neither pool nor address may get one of these. */
  readonly autoAssign: boolean;
}

/** The pool that Services get an address from when they ask for none in particular: the first that the cluster lists. */
export const defaultPoolOf = (site: Site): string | undefined => Object.keys(site.cluster.network.pools ?? {})[0];

/** The cluster's pools, each announced on the LAN. */
export function pools(chart: Chart, site: Site, interfaces: readonly string[]): void {
  for (const { name, addresses, autoAssign } of poolsOf(site)) {
    new IpAddressPool(chart, `pool-${name}`, { metadata: { name }, spec: { addresses, autoAssign, avoidBuggyIPs: false } });
    new L2Advertisement(chart, `advertisement-${name}`, {
      metadata: { name },
      spec: { ipAddressPools: [name], ...(interfaces.length ? { interfaces } : {}) },
    });
  }
}

/**
 * Only the default pool hands out by itself. The ingress' own address stands apart from it: whoever came first would
 * otherwise get it, and every host name of the cluster points there.
 */
function poolsOf(site: Site): readonly Pool[] {
  const { pools: ranges = {}, ingress = "" } = site.cluster.network;
  return Object.entries(ranges).flatMap(([name, range]): readonly Pool[] => {
    if (name !== defaultPoolOf(site)) return [{ name, addresses: [range], autoAssign: false }];
    const rest = rangesWithout(range, ingress);
    const apart: Pool = { name: `${name}-ingress`, addresses: [`${ingress}-${ingress}`], autoAssign: false };
    if (rest.includes(range)) return [{ name, addresses: [range], autoAssign: true }];
    return rest.length ? [{ name, addresses: rest, autoAssign: true }, apart] : [{ ...apart, name }];
  });
}
