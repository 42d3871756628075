import type { LabCheck, ManifestCheck, ReleaseCheck } from "./check";
import { addressUnique } from "./lab/address-unique";
import { cidrOverlap } from "./lab/cidr-overlap";
import { clusterComplete } from "./lab/cluster-complete";
import { hostPorts } from "./lab/host-ports";
import { hostShared } from "./lab/host-shared";
import { nameIsLabel } from "./lab/name-is-label";
import { nameUnique } from "./lab/name-unique";
import { poolPlace } from "./lab/pool-place";
import { quantityValid } from "./lab/quantity-valid";
import { referenceKnown } from "./lab/reference-known";
import { retiredOnce } from "./lab/retired-once";
import { staticAddress } from "./lab/static-address";

/** What must hold of the lab as it is written, before any choice is made. */
export const labChecks: readonly LabCheck[] = [
  nameIsLabel,
  nameUnique,
  referenceKnown,
  quantityValid,
  clusterComplete,
  hostShared,
  cidrOverlap,
  staticAddress,
  addressUnique,
  poolPlace,
  hostPorts,
  retiredOnce,
];

/** What must hold of releases and of what clusters provide, before anything is built. */
export const releaseChecks: readonly ReleaseCheck[] = [];

/** What must hold of the objects, before any is written. */
export const manifestChecks: readonly ManifestCheck[] = [];
