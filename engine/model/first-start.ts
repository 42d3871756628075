import type { Cluster } from "./cluster";
import { kubernetesApi, type Needs } from "./needs";
import type { FirstStart } from "./provides";
import type { Release } from "./release";

/** What brings a release's precious volumes back before anything of it starts, where its cluster's backup does that. */
export const firstStartOf = ({ app, needs, cluster }: Pick<Release, "app" | "needs" | "cluster">): FirstStart | undefined => firstStart(app.name, needs, cluster);

/** Whatever a release needs because its volumes are brought back: the Job asks the Kubernetes API whether there is anything to bring. */
export function withFirstStart(app: string, needs: Needs, cluster: Cluster): Needs {
  const first = firstStart(app, needs, cluster);
  return first ? { ...needs, talksTo: { ...needs.talksTo, [first.component]: kubernetesApi({ from: first.component }) } } : needs;
}

/** Backups cannot wait for what they themselves bring back. */
function firstStart(app: string, needs: Needs, { provides }: Cluster): FirstStart | undefined {
  const { backup } = provides;
  return backup && backup.backedBy !== app && keepsPrecious(needs) ? backup.firstStart : undefined;
}

/** Whether a volume is precious. Buckets are mirrored, not copied. */
export const keepsPrecious = ({ stores = {} }: Needs): boolean => Object.values(stores).some(({ as, worth }) => as !== "bucket" && worth === "precious");
