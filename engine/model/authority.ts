import type { Cluster } from "./cluster";
import type { Lab } from "./lab";

/**
 * The lab's own certificate authority. Its key is kept away from everything that runs: it signed an intermediate for each
 * cluster, which the vault has as `<cluster>-authority` (docs/certificates.md).
 */
export interface Authority {
  /** Certificates as PEM, which are public: one, and two while the old one is being replaced. */
  readonly roots: readonly string[];
}

/** Under which name the vault has a cluster's intermediate: its key, its certificate, and the root's, as PEM one after the other. */
export const intermediateOf = (cluster: Cluster): string => `${cluster.name}-authority`;

/** What a caller from elsewhere must be given to believe a cluster's host names: nothing, the lab's roots, or what nobody has. */
export function believedBy({ provides }: Cluster, { authority }: Lab): "everybody" | Authority | "nobody" {
  if (!provides.certificates) return "nobody";
  return provides.certificates.believedBy === "everybody" ? "everybody" : (authority ?? "nobody");
}

/** The roots that a caller must be given to believe a URL, where the lab serves it and not everybody believes what it shows. */
export function authorityOf(url: string, lab: Lab): Authority | undefined {
  const { hostname } = new URL(url);
  const cluster = clusterServing(hostname, lab);
  const authority = cluster ? believedBy(cluster, lab) : lab.externals.find(({ host, address }) => host === hostname || address === hostname)?.authority;
  return typeof authority === "object" ? authority : undefined;
}

/** The cluster among whose host names one is. */
export const clusterServing = (host: string, { clusters, domain }: Lab): Cluster | undefined => clusters.find(({ name }) => host.endsWith(`.${name}.${domain}`));
