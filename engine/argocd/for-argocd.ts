import type { Built } from "../model/built";
import { guarded } from "./guards";
import { withIdleClaims } from "./idle-claims";
import { ordered } from "./order";

/** A release as Argo CD should find it: in order and guarded. */
export const forArgocd = (it: Built): Built => ({
  ...it,
  manifests: withIdleClaims(ordered(it.release, it.manifests)).map((manifest) => guarded(manifest, it.release)),
});
