import type { Authority } from "./authority";
import type { Backups } from "./backups";
import type { Cluster } from "./cluster";
import type { External } from "./external";
import type { Host } from "./host";
import type { ImageSizes } from "./image";
import type { Network } from "./network";
import type { Offload } from "./offload";
import type { Person } from "./person";
import type { Environment } from "./placement";
import type { Prices } from "./price";
import type { Proxmox } from "./proxmox";
import type { Router } from "./router";
import type { Omada } from "./switches";
import type { WireGuard } from "./wireguard";

/** Everything the owner says about the lab, once. */
export interface Lab {
  readonly name: string;
  /** The zone of every host name: `hearth.example`. */
  readonly domain: string;
  readonly gitops: Gitops;
  readonly networks: readonly Network[];
  readonly hosts: readonly Host[];
  readonly people: readonly Person[];
  readonly externals: readonly External[];
  readonly clusters: readonly Cluster[];
  /** Clusters that were in the lab: their folders leave git, and nothing that runs there is deleted. */
  readonly retired?: readonly RetiredCluster[];
  /** Who signs what clusters show to callers; without it, each is its own authority, which no other believes. */
  readonly authority?: Authority;
  /** Where copies of what is precious go; without it, nothing leaves the house. */
  readonly backups?: Backups;
  /** What images of unknown size are counted as on the nodes' disks. */
  readonly imageSizes?: ImageSizes;
  /** For the cost report; without them there is none. */
  readonly prices?: Prices;
  /** What is computed elsewhere, where the lab's own machines do not. */
  readonly offload?: Offload;
  /** Whoever joins from outside. */
  readonly wireguard?: WireGuard;
  /** What the lab's virtual machines run on. */
  readonly proxmox?: Proxmox;
  /** What stands between its networks, where it reads what is written for it. */
  readonly router?: Router;
  /** What its cables end in. */
  readonly omada?: Omada;
  /** Whoever signs people in; without it, Argo CD's own Dex. */
  readonly oidc?: { readonly issuer: string };
  /** Setting values for every app that has the setting and no default of its own. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Setting values by environment, then app. */
  readonly environments?: Readonly<Partial<Record<Environment, EnvironmentDefaults>>>;
}

/** A cluster that is the lab's no more. As long as it is neither here nor among the clusters, synth refuses to drop its folder. */
export interface RetiredCluster {
  readonly name: string;
  readonly because: string;
}

export type EnvironmentDefaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Who syncs the clusters. */
export type Gitops = {
  /** As Argo CD fetches it. */
  readonly repository: string;
  readonly branch: string;
} & (
  | { readonly mode: "hub"; /** The cluster whose Argo CD syncs all of them. */ readonly hub: string }
  | { readonly mode: "perCluster" }
  /** An Argo CD that is not ours: only objects that we name are touched. */
  | { readonly mode: "existing"; readonly hub: string; readonly namespace: string }
);

/** Names a lab so that its type is checked where it is written. */
export const defineLab = (lab: Lab): Lab => lab;
export const defineCluster = (cluster: Cluster): Cluster => cluster;
