import type { TerraformStack } from "cdktf";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import type { Network } from "../../engine/model/network";
import type { ProxmoxNode } from "../../engine/model/proxmox";
import { NetworkLinuxBridge } from "../../imports/proxmox/network-linux-bridge";
import { NetworkLinuxVlan } from "../../imports/proxmox/network-linux-vlan";

/** A node's VLAN-aware bridge, and a VLAN interface for each further network in which the node itself has an address. */
export function nodeNetwork(stack: TerraformStack, node: ProxmoxNode, lab: Lab): void {
  const { bridge } = node;
  const host = lab.hosts.find(({ name }) => name === node.host);
  if (!host) throw new Error(`Proxmox node ${node.host} is no host of the lab`);
  const made = new NetworkLinuxBridge(stack, `bridge-${node.host}`, {
    nodeName: node.host,
    name: bridge.name,
    ports: [...bridge.ports],
    vlanAware: true,
    autostart: true,
    comment: `Carries ${[...bridge.carries].sort().join(", ")}`,
    ...addressIn(bridge.own, host, lab),
    // Without the installer's bridge the node can no longer be reached.
    ...(bridge.existing ? { lifecycle: { preventDestroy: true } } : {}),
  });
  if (bridge.existing) made.importFrom(`${node.host}:${bridge.name}`);
  for (const network of Object.keys(host.addresses)
    .filter((name) => name !== bridge.own)
    .sort()) {
    const { vlan } = networkOf(network, lab);
    if (vlan === undefined) continue;
    const { address } = addressIn(network, host, lab);
    new NetworkLinuxVlan(stack, `vlan-${node.host}-${network}`, {
      nodeName: node.host,
      name: `${bridge.name}.${vlan}`,
      autostart: true,
      comment: `${node.host} in ${network}`,
      ...(address ? { address } : {}),
      dependsOn: [made],
    });
  }
}

/** A host's address in a network with that network's prefix, and the way out of it. */
function addressIn(name: string, host: Host, lab: Lab): { readonly address?: string; readonly gateway?: string } {
  const address = host.addresses[name];
  if (address === undefined) return {};
  const network = networkOf(name, lab);
  return { address: withPrefix(address, network), ...(network.gateway ? { gateway: network.gateway } : {}) };
}

/** `192.168.40.31` in `192.168.40.0/24` → `192.168.40.31/24`. */
export const withPrefix = (address: string, { cidr }: Network): string => `${address}/${cidr.split("/")[1]}`;

export function networkOf(name: string, { networks }: Lab): Network {
  const network = networks.find((it) => it.name === name);
  if (!network) throw new Error(`there is no network ${name}`);
  return network;
}
