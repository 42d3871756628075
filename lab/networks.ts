import type { Network } from "../engine/model/network";

/** Every network an address of the lab may stand in. */
export const networks: readonly Network[] = [
  { name: "home", cidr: "192.168.30.0/24", vlan: 30, gateway: "192.168.30.1", dhcp: "192.168.30.100-192.168.30.199" },
  { name: "servers", cidr: "192.168.40.0/24", vlan: 40, gateway: "192.168.40.1" },
  { name: "edge", cidr: "192.168.50.0/24", vlan: 50, gateway: "192.168.50.1", dhcp: "192.168.50.100-192.168.50.149" },
  // Docker's own network on the Mac, which every Kind node stands in. Nothing on the LAN can reach it.
  { name: "docker", cidr: "172.18.0.0/16" },
];
