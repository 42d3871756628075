import { keepsPrecious } from "../../engine/model/first-start";
import { usualPlans, type BackupPlan } from "../../engine/model/backups";
import type { Neighbour } from "../../engine/model/neighbour";
import type { Site } from "../../engine/model/site";

/** A namespace with precious volumes in it. */
export interface Protected {
  readonly namespace: string;
  /** Whether a volume in it must be copied file by file; otherwise all of them are snapshotted. */
  readonly copiesFiles: boolean;
}

/** Every namespace whose releases keep precious volumes, by name. */
export function protectedNamespaces(neighbours: readonly Neighbour[]): readonly Protected[] {
  const keeping = neighbours.filter(keepsPrecious);
  return [...new Set(keeping.map(({ namespace }) => namespace))]
    .sort()
    .map((namespace) => ({ namespace, copiesFiles: keeping.some((it) => it.namespace === namespace && it.copiesFiles) }));
}

/** How often and how long: the lab's plan, or the usual one. */
export const planOf = ({ lab }: Site): BackupPlan => (lab.backups?.plans ?? usualPlans).velero;

/** Whether any storage of the cluster takes snapshots: only then are their kinds there. */
export const takesSnapshots = ({ cluster }: Site): boolean => Object.values(cluster.provides.storage).some(({ snapshots }) => snapshots);

/** Whether what is precious is copied file by file where nothing else was chosen: the drill's volume is of that kind. */
export const preciousCopiesFiles = ({ cluster }: Site): boolean => cluster.provides.storage["precious"]?.snapshots === false;
