import type { Permission } from "./account";

/** Of what a controller did and could not do. */
export const tellsEvents: Permission = { resources: ["events"], verbs: ["create", "patch"], because: "it tells what it did, and what it could not" };

/**
 * What electing a leader takes, beside the object that holds the lease: roles cannot name what does not exist yet.
 * @param verbs on the lease itself
 */
export const electsLeader = (lease: string, verbs: readonly string[] = ["get", "update"]): readonly Permission[] => [
  { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"], because: "the lease by which one of several leads is made once" },
  { groups: ["coordination.k8s.io"], resources: ["leases"], names: [lease], verbs, because: "whoever leads renews the lease, and the others see whether it does" },
];
