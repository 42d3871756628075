import type { TerraformStack } from "cdktf";
import { ProxmoxProvider } from "../../imports/proxmox/provider";
import { machinesOf, type Proxmox } from "../../engine/model/proxmox";
import type { World } from "../../engine/model/resolve";
import { access } from "./access";
import { keepRunning } from "./availability";
import { machineBackups } from "./backups";
import { deviceMappings } from "./devices";
import { clusterFirewall, machineFirewall } from "./firewall";
import { images } from "./images";
import { machine } from "./machine";
import { nodeNetwork } from "./network";
import { pools } from "./pools";

/** Machines, their network, their firewall and their backups on a Proxmox VE cluster. */
export function proxmoxStack(stack: TerraformStack, world: World, proxmox: Proxmox): void {
  const { lab } = world;
  // The token comes from PROXMOX_VE_API_TOKEN: https://registry.terraform.io/providers/bpg/proxmox/0.103.0/docs#api-token-authentication
  new ProxmoxProvider(stack, "proxmox", { endpoint: proxmox.endpoint });
  access(stack, proxmox);
  for (const node of proxmox.nodes) nodeNetwork(stack, node, lab);
  const made = { images: images(stack, proxmox, lab), pools: pools(stack, proxmox), devices: deviceMappings(stack, proxmox) };
  const firewall = clusterFirewall(stack, world);
  const machines = machinesOf(lab).map((host) => ({ host, vm: machine(stack, host, lab, proxmox, made) }));
  for (const { host, vm } of machines) machineFirewall(stack, host, vm, firewall, world);
  keepRunning(stack, proxmox, machines);
  machineBackups(stack, proxmox, made.pools);
}
