import type { Network } from "../../engine/model/network";

/** One network for each kind of thing. The router lets through only what something in the lab has declared. */
export const networks: readonly Network[] = [
  { name: "management", cidr: "10.20.10.0/24", vlan: 10, gateway: "10.20.10.1", manages: true },
  { name: "servers", cidr: "10.20.20.0/24", vlan: 20, gateway: "10.20.20.1" },
  { name: "storage", cidr: "10.20.30.0/24", vlan: 30 },
  { name: "home", cidr: "10.20.40.0/24", vlan: 40, gateway: "10.20.40.1", dhcp: "10.20.40.100-10.20.40.199" },
  { name: "things", cidr: "10.20.50.0/24", vlan: 50, gateway: "10.20.50.1", dhcp: "10.20.50.100-10.20.50.250" },
  { name: "tunnel", cidr: "10.20.60.0/24" },
  // Another house, behind its own router.
  { name: "cottage", cidr: "10.30.0.0/24" },
];
