import type { World } from "../../../engine/model/resolve";
import type { ArgoCd } from "../argocd/components";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import type { Repository } from "../git/repository";
import type { Running } from "../processes/processes";
import type { UpstreamRepository } from "../git/upstream-repositories";
import type { LabOutput, Selection } from "../manifests/lab-output";
import type { SyncedFolder } from "../manifests/synced-folder";
import type { Play } from "../stand-ins/play";
import type { Vault } from "../stand-ins/vault";

/** A lab that has been stood up, bootstrapped, and syncs by itself. */
export interface RunningLab {
  readonly testbed: Testbed;
  readonly repository: Repository;
  readonly gitServer: Running;
  /** The commit that was bootstrapped. */
  readonly commit: string;
  readonly clusters: readonly RunningCluster[];
  readonly hub: RunningCluster;
  readonly argocd: ArgoCd;
  readonly play: Play;
  readonly vault: Vault;
  /** What the lab describes, with every choice made. */
  readonly world: World;
  /** Where the definitions of operators' own repositories came from, by repository. */
  readonly definitions: readonly UpstreamRepository[];
  /** What is committed, all of it, and what of it is synced. */
  readonly output: LabOutput;
  readonly selection: Selection;
  readonly synced: readonly SyncedFolder[];
}
