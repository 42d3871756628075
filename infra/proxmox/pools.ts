import type { TerraformStack } from "cdktf";
import type { Proxmox } from "../../engine/model/proxmox";
import { VirtualEnvironmentPool } from "../../imports/proxmox/virtual-environment-pool";

export type Pools = ReadonlyMap<string, VirtualEnvironmentPool>;

/** Pools, by id. */
export const pools = (stack: TerraformStack, proxmox: Proxmox): Pools =>
  new Map(
    Object.entries(proxmox.pools ?? {}).map(([poolId, comment]) => [
      poolId,
      new VirtualEnvironmentPool(stack, `pool-${poolId}`, { poolId, comment }),
    ]),
  );
