import type { Built } from "../model/built";
import type { World } from "../model/resolve";
import { guarded } from "./guards";
import { withIdleClaims } from "./idle-claims";
import { ordered } from "./order";
import { withWatchedKinds } from "./watched";

/** Releases as Argo CD should find them: in order, guarded, and its own configuration knowing what it may watch. */
export const forArgocd = (world: World, built: readonly Built[]): readonly Built[] =>
  withWatchedKinds(
    world,
    built.map((it) => ({ ...it, manifests: withIdleClaims(ordered(it.release, it.manifests)).map((manifest) => guarded(manifest, it.release)) })),
  );
