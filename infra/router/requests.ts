import { entryAddressOf } from "../../engine/model/flow";
import type { Lab } from "../../engine/model/lab";
import type { World } from "../../engine/model/resolve";
import type { Router } from "../../engine/model/router";
import { cidrOf } from "../hosts/wireguard";
import type { Request } from "./request";
import { stableUuid } from "./stable-uuid";

/** What OPNsense has no file to import for: VLANs, the resolver's names, and the tunnel's members. */
export const requests = (world: World, router: Router): readonly Request[] => [
  ...vlans(world.lab, router),
  ...names(world),
  ...peers(world.lab),
];

const vlans = ({ networks }: Lab, { trunk }: Router): readonly Request[] =>
  networks.flatMap(({ name, vlan }) =>
    vlan === undefined || name === trunk.untagged
      ? []
      : [
          {
            post: `interfaces/vlan_settings/setItem/${stableUuid(`vlan ${vlan}`)}`,
            body: { vlan: { if: trunk.device, tag: String(vlan), pcp: "0", proto: "", descr: name, vlanif: `vlan0.${vlan}` } },
          },
        ],
  );

/** Every name of a cluster leads to its one way in, and every host has its own. */
function names(world: World): readonly Request[] {
  const { clusters, hosts, domain } = world.lab;
  const override = (hostname: string, zone: string, server: string, addptr: "0" | "1"): Request => ({
    post: `unbound/settings/setHostOverride/${stableUuid(`name ${hostname}.${zone}`)}`,
    body: { host: { enabled: "1", hostname, domain: zone, rr: "A", server, addptr, description: "hearth" } },
  });
  return [
    ...clusters.flatMap((cluster) => {
      const address = entryAddressOf(cluster, world);
      return address ? [override("*", `${cluster.name}.${domain}`, address, "0")] : [];
    }),
    ...hosts.flatMap(({ name, addresses }) => {
      const [address] = Object.values(addresses);
      return address ? [override(name, domain, address, "1")] : [];
    }),
  ];
}

/** Members that dial the router. Its own instance is made there by hand, because its private key is. */
const peers = ({ wireguard, ...lab }: Lab): readonly Request[] =>
  (wireguard?.members ?? [])
    .filter(({ name }) => name !== wireguard?.hub)
    .map(({ name, publicKey, address, behind = [] }) => ({
      post: `wireguard/client/setClient/${stableUuid(`peer ${name}`)}`,
      body: {
        client: { enabled: "1", name, pubkey: publicKey, tunneladdress: [`${address}/32`, ...behind.map((it) => cidrOf(it, lab))].join(",") },
      },
    }));
