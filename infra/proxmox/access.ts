import type { TerraformStack } from "cdktf";
import type { Proxmox, ProxmoxUser } from "../../engine/model/proxmox";
import { Acl } from "../../imports/proxmox/acl";
import { VirtualEnvironmentRole } from "../../imports/proxmox/virtual-environment-role";
import { VirtualEnvironmentUser } from "../../imports/proxmox/virtual-environment-user";

/**
 * What this stack itself calls, and no more; the provider's own example allows a third more
 * (https://registry.terraform.io/providers/bpg/proxmox/0.103.0/docs#api-token-authentication). Privileges: Proxmox VE 9.
 */
const terraform = [
  "Datastore.Allocate",
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
  "Mapping.Audit",
  "Mapping.Modify",
  "Mapping.Use",
  "Permissions.Modify",
  "Pool.Allocate",
  "Pool.Audit",
  "Realm.AllocateUser",
  "SDN.Use",
  "Sys.AccessNetwork",
  "Sys.Audit",
  "Sys.Console",
  "Sys.Modify",
  "User.Modify",
  "VM.Allocate",
  "VM.Audit",
  "VM.Backup",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.GuestAgent.Audit",
  "VM.Migrate",
  "VM.PowerMgmt",
];

/** What proxmox-csi-plugin needs: https://github.com/sergelogvinov/proxmox-csi-plugin/blob/main/docs/install.md */
const csi = ["Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.Audit", "VM.Audit", "VM.Config.Disk"];

const rights: Readonly<Record<ProxmoxUser["may"], readonly string[]>> = { csi };

/** Who may call the API, and what. Tokens are made by hand, so that no secret of theirs stands in the state: docs/infra.md. */
export function access(stack: TerraformStack, { users = [] }: Proxmox): void {
  account(stack, "terraform", "HearthTerraform", terraform, "Writes what the lab describes");
  for (const { name, may } of users)
    account(stack, name, `Hearth${may[0]?.toUpperCase()}${may.slice(1)}-${name}`, rights[may], `For ${may}`);
}

function account(stack: TerraformStack, name: string, roleId: string, privileges: readonly string[], comment: string): void {
  const role = new VirtualEnvironmentRole(stack, `role-${name}`, { roleId, privileges: [...privileges] });
  const user = new VirtualEnvironmentUser(stack, `user-${name}`, {
    userId: `${name}@pve`,
    comment,
    enabled: true,
    // The rights stand in a resource of their own, which the user's reading would otherwise take for its own.
    lifecycle: { ignoreChanges: ["acl"] },
  });
  new Acl(stack, `acl-${name}`, { path: "/", propagate: true, roleId: role.roleId, userId: user.userId });
}
