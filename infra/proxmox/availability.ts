import type { TerraformStack } from "cdktf";
import type { Machine, Proxmox } from "../../engine/model/proxmox";
import { Haresource } from "../../imports/proxmox/haresource";
import { Harule } from "../../imports/proxmox/harule";
import type { VirtualEnvironmentVm } from "../../imports/proxmox/virtual-environment-vm";

interface Made {
  readonly host: Machine;
  readonly vm: VirtualEnvironmentVm;
}

/** Machines that start again elsewhere when their node fails, and come home when it is back. Rules, because Proxmox VE 9 has no groups. */
export function keepRunning(stack: TerraformStack, { nodes, highAvailability }: Proxmox, machines: readonly Made[]): void {
  if (!highAvailability) return;
  for (const { host, vm } of machines.filter((it) => it.host.vm.restarts === true)) {
    const resource = new Haresource(stack, `ha-${host.name}`, {
      resourceId: `vm:${host.vm.id}`,
      state: "started",
      maxRelocate: 1,
      maxRestart: 3,
      dependsOn: [vm],
    });
    new Harule(stack, `home-${host.name}`, {
      rule: `home-${host.name}`,
      type: "node-affinity",
      resources: [resource.resourceId],
      nodes: Object.fromEntries(nodes.map((node) => [node.host, node.host === host.vm.on ? 2 : 1])),
      strict: false,
    });
  }
}
