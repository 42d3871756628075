import type { Finding } from "./finding";
import type { Manifest } from "./manifest";
import type { Release } from "./release";

/** What was built, in numbers. */
export interface Tally {
  readonly objects: number;
  /** Safe defaults that some pod is exempt from, each with its reason. */
  readonly exemptions: number;
}

/** A release with the objects it consists of. */
export interface Built {
  readonly release: Release;
  readonly manifests: readonly Manifest[];
  /** What building found wrong: a patch that no longer applies. */
  readonly findings: readonly Finding[];
}
