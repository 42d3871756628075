import type { Cluster } from "./cluster";
import type { Lab } from "./lab";

/** The read-only facts of where a release runs. An app asks these instead of a cluster's name. */
export interface Site {
  readonly lab: Lab;
  readonly cluster: Cluster;
  /** `forge.hearth.example`: the zone that the cluster's host names stand in. */
  readonly domain: string;
}

export const siteOf = (lab: Lab, cluster: Cluster): Site => ({ lab, cluster, domain: `${cluster.name}.${lab.domain}` });
