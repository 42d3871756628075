import type { TerraformStack } from "cdktf";
import type { Lab } from "../engine/model/lab";
import { resolve } from "../engine/model/resolve";
import { backupStack } from "./gcp/backup-stack";
import { stateStack } from "./gcp/state-stack";
import { hostFiles } from "./hosts/files";
import { proxmoxStack } from "./proxmox/stack";
import { stackText, type Stack } from "./stack";

/**
 * Everything that machines, networks and the off-site store are made from, as files below `infra/out`. Pure: no clock, no
 * network, no program besides Node. The lab must have passed its checks.
 */
export function infraFiles(lab: Lab): ReadonlyMap<string, string> {
  return new Map([
    ...stacksOf(lab).map((stack) => [`infra/out/${stack.name}/cdk.tf.json`, stackText(stack, lab)] as const),
    ...hostFiles(lab),
  ]);
}

function stacksOf(lab: Lab): readonly Stack[] {
  const { world } = resolve(lab);
  const { backups, proxmox } = lab;
  const offsite = backups?.offsite;
  const google: readonly Stack[] =
    offsite?.kind === "gcs"
      ? [
          { name: "gcp-state", write: (stack) => stateStack(stack, lab, offsite) },
          { name: "gcp-backup", write: (stack) => backupStack(stack, world, offsite) },
        ]
      : [];
  return [...google, ...(proxmox ? [{ name: "proxmox", write: (stack: TerraformStack) => proxmoxStack(stack, world, proxmox) }] : [])];
}
