import { addresses, vault, type AddressesPeer, type VaultSecret } from "../../engine/model/needs";
import type { Cluster } from "../../engine/model/cluster";
import type { Lab } from "../../engine/model/lab";
import type { Site } from "../../engine/model/site";

/** The clusters that the Argo CD of a site syncs besides its own. */
export const spokesOf = ({ lab, cluster }: Site): readonly Cluster[] =>
  lab.gitops.mode === "hub" && lab.gitops.hub === cluster.name ? lab.clusters.filter(({ name }) => name !== cluster.name) : [];

/**
 * How Argo CD knows each spoke. The vault's `argocd-cluster-<name>` is what it needs to be let in, as one line of JSON:
 * `{"bearerToken":"…","tlsClientConfig":{"caData":"…"}}`.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export const spokeSecrets = (site: Site): Readonly<Record<string, VaultSecret>> =>
  Object.fromEntries(
    spokesOf(site).map(({ name, network }) => [
      `cluster-${name}`,
      vault(`argocd-cluster-${name}`, {
        name: `cluster-${name}`,
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
        data: { name, server: network.api, config: "{{ .value }}" },
      }),
    ]),
  );

/** Egress of a component to the API servers of all spokes. */
export const toSpokes = (site: Site, from: string): Readonly<Record<string, AddressesPeer>> =>
  Object.fromEntries(
    spokesOf(site).map((spoke) => {
      const { hostname, port } = new URL(spoke.network.api);
      return [`${from}-to-${spoke.name}`, addresses(rangesOf(hostname, spoke, site.lab), Number(port) || 443, { from })];
    }),
  );

/**
 * The API server's address; behind a name that only the spoke's own network knows (Kind's), that whole network. Nothing where the
 * lab has no such network, which reference-known tells.
 */
function rangesOf(hostname: string, spoke: Cluster, lab: Lab): readonly string[] {
  if (/^[\d.]+$/.test(hostname)) return [`${hostname}/32`];
  return lab.networks.filter(({ name }) => name === spoke.network.nodes).map(({ cidr }) => cidr);
}
