import type { Controller } from "../argocd/controller";
import type { Permitted, PermittedOn } from "../argocd/permitted";
import { nothing, type Output, type Part, type StandingFiles, type Tree } from "../emit/tree";
import { anew, type BuildRelease, type Tally } from "../model/built";
import type { Cluster } from "../model/cluster";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import type { World } from "../model/resolve";
import type { StartEdge } from "../model/start-order";

/** What a cluster comes to, besides its files. */
export interface Outcome {
  readonly tally: Tally;
  readonly findings: readonly Finding[];
  /** What its objects wait for: whether all can start is to be seen over all clusters. */
  readonly waits: readonly StartEdge[];
  /** What Argo CD may do on it: the one that syncs it is told. */
  readonly permitted: Permitted;
}

/** What one run knows of the runs before it, and what it leaves to the next. */
export interface Past {
  /** The lab, the world and what is permitted: to be looked at through this. */
  readonly lab: Lab;
  world(world: World): World;
  /** What a check of the lab finds, or found where it read nothing that can have changed. */
  looked(check: (lab: Lab) => readonly Finding[]): readonly Finding[];
  permitted(permitted: PermittedOn): PermittedOn;
  /** What a cluster came to, where building it again would find nothing else and its files stand. */
  recall(cluster: Cluster, controller: Controller): (Outcome & { readonly standing: StandingFiles }) | undefined;
  /** What a release of a cluster that cannot be recalled was built to be, where building it again would come to nothing else. */
  readonly release: BuildRelease;
  /**
   * Files that are always the same where they are made from the same: made, or as they stand.
   * @param from plain data that tells, besides the program, what they are made from
   */
  always(name: string, from: unknown, make: () => Tree): Output;
  /** Does a part of building a cluster. */
  during<Result>(cluster: Cluster, act: () => Result): Result;
  /** Takes what a cluster that was built came to. It is kept once its files are written. */
  built(cluster: Cluster, controller: Controller, outcome: Outcome, parts: readonly Part[]): void;
}

/** Everything is built. */
export const noPast = (lab: Lab): Past => ({
  lab,
  world: (world) => world,
  looked: (check) => check(lab),
  permitted: (permitted) => permitted,
  recall: () => undefined,
  release: anew,
  always: (_name, _from, make) => ({ ...nothing, tree: make() }),
  during: (_cluster, act) => act(),
  built: () => undefined,
});
