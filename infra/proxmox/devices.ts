import type { TerraformStack } from "cdktf";
import type { Proxmox } from "../../engine/model/proxmox";
import { HardwareMappingPci } from "../../imports/proxmox/hardware-mapping-pci";

export type Devices = ReadonlyMap<string, HardwareMappingPci>;

/**
 * Names for PCI devices, so that a machine asks for `rtx4090` and an API token may hand it out: by its raw address only
 * root may. Nodes that have a device of one name are alternatives. https://pve.proxmox.com/pve-docs/qm.1.html#resource_mapping
 */
export function deviceMappings(stack: TerraformStack, { nodes }: Proxmox): Devices {
  const names = [...new Set(nodes.flatMap(({ devices = {} }) => Object.keys(devices)))].sort();
  return new Map(
    names.map((name) => {
      const map = nodes.flatMap(({ host, devices = {} }) => {
        const device = devices[name];
        return device
          ? [
              {
                nodeAttribute: host,
                id: device.id,
                path: device.path,
                iommuGroup: device.iommuGroup,
                ...(device.subsystem ? { subsystemId: device.subsystem } : {}),
              },
            ]
          : [];
      });
      return [name, new HardwareMappingPci(stack, `device-${name}`, { name, map })];
    }),
  );
}
