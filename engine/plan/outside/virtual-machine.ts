import type { Verdict } from "../change";
import { pathText, type FieldChange } from "../field-change";

/**
 * What of a virtual machine changes while it runs. For everything else the provider sets `rebootRequired`, and `reboot_after_update`
 * is true where nothing is said (vmUpdate in proxmoxtf/resource/vm/vm.go of bpg/terraform-provider-proxmox).
 */
const whileItRuns: ReadonlySet<string> = new Set(["name", "description", "tags", "on_boot", "protection", "startup", "pool_id", "network_device", "stop_on_destroy", "lifecycle", "depends_on"]);

/** What `terraform apply` does to a virtual machine of Proxmox that stays the same machine. */
export function ofMachine(type: string, fields: readonly FieldChange[]): readonly Verdict[] {
  if (type !== "proxmox_virtual_environment_vm") return [];
  const restarting = fields.find(({ path: [field = "", ...rest] }) => (field === "disk" ? isReadAtStart(rest) : !whileItRuns.has(field)));
  const moved = fields.find(({ path }) => path[0] === "network_device" && (path.length <= 2 || path.at(-1) === "vlan_id" || path.at(-1) === "bridge"));
  return [
    ...fields.filter(({ path }) => path[0] === "disk").flatMap(ofDisk),
    ...(moved ? [{ effect: "outage" as const, field: pathText(moved.path), says: "it stands in another network at once: nobody reaches it until switches, router and its own addresses agree" }] : []),
    ...(restarting ? [{ effect: "restart" as const, field: pathText(restarting.path), says: "the provider reboots the machine for it, and what runs there stops meanwhile" }] : []),
  ];
}

/** A disk that comes, goes, grows or was made from another image is not what a machine is rebooted for. */
const isReadAtStart = (rest: readonly string[]): boolean => rest.length > 1 && rest.at(-1) !== "size" && rest.at(-1) !== "import_from";

function ofDisk({ path, before, after }: FieldChange): readonly Verdict[] {
  const field = pathText(path);
  if (path.length <= 2 && (after === undefined || Array.isArray(after))) return [{ effect: "data at risk", field, says: "a disk is taken from the machine, and deleted with what it holds" }];
  if (path.at(-1) === "size" && Number(after) < Number(before)) return [{ effect: "data at risk", field, refused: true, says: "a disk never shrinks: the provider refuses it" }];
  return [];
}
