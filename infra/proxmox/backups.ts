import { TerraformVariable, type ITerraformDependable, type TerraformStack } from "cdktf";
import type { Proxmox, ProxmoxShare } from "../../engine/model/proxmox";
import { BackupJob } from "../../imports/proxmox/backup-job";
import { StorageNfs } from "../../imports/proxmox/storage-nfs";
import { StoragePbs } from "../../imports/proxmox/storage-pbs";
import type { Pools } from "./pools";

/** Where whole machines are kept, and when they are copied there. */
export function machineBackups(stack: TerraformStack, { shares = {}, backups }: Proxmox, pools: Pools): void {
  const stores = new Map(Object.entries(shares).map(([id, share]) => [id, storage(stack, id, share)]));
  for (const { name, to, schedule, keep, pool } of backups) {
    const store = stores.get(to);
    new BackupJob(stack, `backup-${name}`, {
      id: name,
      schedule,
      storage: to,
      ...(pool ? { pool: pools.get(pool)!.poolId } : { all: true }),
      mode: "snapshot",
      compress: "zstd",
      enabled: true,
      // A node that was off at the hour copies when it is back.
      repeatMissed: true,
      notesTemplate: "{{guestname}} on {{node}}",
      pruneBackups: Object.fromEntries(Object.entries(keep).map(([span, count]) => [`keep-${span}`, String(count)])),
      ...(store ? { dependsOn: [store] } : {}),
    });
  }
}

function storage(stack: TerraformStack, id: string, share: ProxmoxShare): ITerraformDependable {
  // The jobs say what is kept; the storage itself lets nothing go.
  const keptByJobs = { content: ["backup"], backups: { keepAll: true } };
  if (share.kind === "nfs") return new StorageNfs(stack, `share-${id}`, { id, server: share.server, export: share.export, ...keptByJobs });
  const password = new TerraformVariable(stack, `password_${id.replaceAll("-", "_")}`, {
    type: "string",
    sensitive: true,
    description: `Password of ${share.user} on ${share.server}`,
  });
  return new StoragePbs(stack, `share-${id}`, {
    id,
    server: share.server,
    datastore: share.datastore,
    username: share.user,
    password: password.stringValue,
    fingerprint: share.fingerprint,
    ...keptByJobs,
  });
}
