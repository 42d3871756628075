import type { LoadBalancerProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";

/**
 * Addresses from MetalLB's pools. A fixed address is asked for without its pool: MetalLB finds that out itself, and refuses
 * the two when they do not fit together. https://metallb.io/usage/#requesting-specific-ips
 */
export const metallbPools = recipe((): LoadBalancerProvider => ({
  backedBy: "metallb",
  annotations: (pool, address) => (address ? { "metallb.io/loadBalancerIPs": address } : { "metallb.io/address-pool": pool }),
}));
