import type { TerraformStack } from "cdktf";
import { hostFlows, type HostFlow, type Zone } from "../../engine/model/host-flows";
import type { Lab } from "../../engine/model/lab";
import type { Machine } from "../../engine/model/proxmox";
import type { World } from "../../engine/model/resolve";
import { addressesOf, zoneName } from "../../engine/model/zone";
import { VirtualEnvironmentClusterFirewall } from "../../imports/proxmox/virtual-environment-cluster-firewall";
import { VirtualEnvironmentClusterFirewallSecurityGroup } from "../../imports/proxmox/virtual-environment-cluster-firewall-security-group";
import { VirtualEnvironmentFirewallIpset } from "../../imports/proxmox/virtual-environment-firewall-ipset";
import { VirtualEnvironmentFirewallOptions } from "../../imports/proxmox/virtual-environment-firewall-options";
import { VirtualEnvironmentFirewallRules } from "../../imports/proxmox/virtual-environment-firewall-rules";
import type { VirtualEnvironmentVm } from "../../imports/proxmox/virtual-environment-vm";

/** Security groups by the zone that they let others into. */
export type Groups = ReadonlyMap<string, VirtualEnvironmentClusterFirewallSecurityGroup>;

/**
 * One security group for each zone with machines in it, and a set of addresses for everybody who may enter. Proxmox always
 * lets the set called `management` reach the nodes themselves: https://pve.proxmox.com/pve-docs/pve-firewall.8.html
 */
export function clusterFirewall(stack: TerraformStack, world: World): Groups {
  const { lab } = world;
  const machines = new Set(
    lab.hosts.filter(({ vm }) => vm).flatMap(({ addresses }) => Object.values(addresses).map((address) => `${address}/32`)),
  );
  const flows = hostFlows(world).filter(
    ({ to }) => to.kind !== "external" && (to.kind === "entry" || addressesOf(to, lab).some((address) => machines.has(address))),
  );
  const senders = new Map<string, Zone>([["management", { kind: "managers" }], ...flows.map(({ from }) => [setName(from), from] as const)]);
  const sets = [...senders]
    .filter(([, zone]) => zone.kind !== "internet")
    .sort(byName)
    .map(([name, zone]) => addressSet(stack, name, zone, lab));
  const zones = new Map(flows.map(({ to }) => [zoneName(to), to]));
  const groups = new Map(
    [...zones].sort(byName).map(([name, zone]) => [
      name,
      group(
        stack,
        zone,
        flows.filter(({ to }) => zoneName(to) === name),
        sets,
      ),
    ]),
  );
  new VirtualEnvironmentClusterFirewall(stack, "firewall", {
    enabled: true,
    inputPolicy: "DROP",
    outputPolicy: "ACCEPT",
    dependsOn: sets,
  });
  return groups;
}

/** The set that lets people reach the nodes has its name from Proxmox. */
const setName = (zone: Zone): string => (zone.kind === "managers" ? "management" : zoneName(zone));

const byName = ([left]: readonly [string, Zone], [right]: readonly [string, Zone]): number => (left < right ? -1 : 1);

const addressSet = (stack: TerraformStack, name: string, zone: Zone, lab: Lab): VirtualEnvironmentFirewallIpset =>
  new VirtualEnvironmentFirewallIpset(stack, `set-${name}`, {
    name,
    comment: "From the lab's networks and hosts",
    cidr: addressesOf(zone, lab).map((address) => ({ name: address.replace(/\/32$/, "") })),
  });

function group(
  stack: TerraformStack,
  zone: Zone,
  flows: readonly HostFlow[],
  dependsOn: VirtualEnvironmentFirewallIpset[],
): VirtualEnvironmentClusterFirewallSecurityGroup {
  const rules = flows.map(({ from, ports, protocol, because }) => ({
    type: "in",
    action: "ACCEPT",
    proto: protocol.toLowerCase(),
    dport: ports.replace("-", ":"),
    // Zero is no set's member: whoever comes from the internet may come from anywhere.
    ...(from.kind === "internet" ? {} : { source: `+${setName(from)}` }),
    comment: because,
  }));
  return new VirtualEnvironmentClusterFirewallSecurityGroup(stack, `group-${zoneName(zone)}`, {
    name: groupName(zone),
    comment: `Into ${zoneName(zone)}`,
    rule: rules,
    dependsOn,
  });
}

/** Proxmox takes 18 characters at most for a group's name. */
export const groupName = (zone: Zone): string => {
  const short = { nodes: "n", "control-plane": "c", entry: "e", host: "h" } as const;
  return zone.kind in short ? `${short[zone.kind as keyof typeof short]}-${zoneName(zone).slice(zone.kind.length + 1)}` : zoneName(zone);
};

/** A machine drops what no group of its zones lets in. */
export function machineFirewall(stack: TerraformStack, host: Machine, vm: VirtualEnvironmentVm, groups: Groups, world: World): void {
  const target = { nodeName: host.vm.on, vmId: vm.vmId };
  const own = zonesOf(host, world.lab).flatMap((zone) => groups.get(zoneName(zone)) ?? []);
  const rules = new VirtualEnvironmentFirewallRules(stack, `rules-${host.name}`, {
    ...target,
    rule: own.map((it) => ({ securityGroup: it.name, enabled: true })),
  });
  new VirtualEnvironmentFirewallOptions(stack, `firewall-${host.name}`, {
    ...target,
    enabled: true,
    inputPolicy: "DROP",
    outputPolicy: "ACCEPT",
    // Addresses of load balancers wander between nodes; a machine's own hardware address does not.
    ipfilter: false,
    macfilter: true,
    dhcp: false,
    ndp: true,
    radv: false,
    logLevelIn: "nolog",
    logLevelOut: "nolog",
    dependsOn: [rules],
  });
}

/** Every zone that a machine stands in. */
function zonesOf(host: Machine, lab: Lab): readonly Zone[] {
  const clusters = lab.clusters.flatMap(({ name, nodes }) =>
    nodes.filter((node) => node.host === host.name).map(({ role }) => ({ name, role })),
  );
  return [
    { kind: "hosts" },
    { kind: "host", name: host.name },
    ...clusters.flatMap(({ name, role }): readonly Zone[] => [
      { kind: "nodes", cluster: name },
      { kind: "entry", cluster: name },
      ...(role === "control-plane" ? [{ kind: "control-plane", cluster: name } as const] : []),
    ]),
  ];
}
