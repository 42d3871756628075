import type { LoadBalancerProvider } from "../../engine/model/provides";

/** Addresses from MetalLB's pools. https://metallb.io/usage/#requesting-specific-ips */
export const metallbPools = (): LoadBalancerProvider => ({
  backedBy: "metallb",
  annotations: (pool, address) => ({
    "metallb.io/address-pool": pool,
    ...(address ? { "metallb.io/loadBalancerIPs": address } : {}),
  }),
});
