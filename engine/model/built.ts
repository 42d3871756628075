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

/**
 * Builds a release, or knows what that would come to.
 * @param from plain data that it is built from, besides itself and what it reads of the world
 */
export type BuildRelease = (release: Release, from: unknown, build: () => Built) => Built;

/** Builds it. */
export const anew: BuildRelease = (_release, _from, build) => build();
