import type { TerraformStack } from "cdktf";
import type { World } from "../engine/model/resolve";
import { backupStack } from "./gcp/backup-stack";
import { offloadStack } from "./gcp/offload-stack";
import { stateStack } from "./gcp/state-stack";
import { proxmoxStack } from "./proxmox/stack";
import type { Stack } from "./stack";

/** Everything of the lab that Terraform makes, in the order in which it is first applied. */
export function stacksOf(world: World): readonly Stack[] {
  const { lab } = world;
  const { backups, proxmox, offload } = lab;
  const offsite = backups?.offsite;
  const google: readonly Stack[] =
    offsite?.kind === "gcs"
      ? [
          { name: "gcp-state", write: (stack) => stateStack(stack, lab, offsite) },
          { name: "gcp-backup", write: (stack) => backupStack(stack, world, offsite) },
        ]
      : [];
  return [
    ...google,
    ...(offload ? [{ name: "gcp-offload", write: (stack: TerraformStack) => offloadStack(stack, lab, offload) }] : []),
    ...(proxmox ? [{ name: "proxmox", write: (stack: TerraformStack) => proxmoxStack(stack, world, proxmox) }] : []),
  ];
}
