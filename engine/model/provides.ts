import type { Construct } from "constructs";
import type { Cluster } from "./cluster";
import type { Report } from "./finding";
import type { BucketGrant, EndpointGrant, GpuGrant, SecretGrant, VolumeGrant } from "./grants";
import type { Disk } from "./host";
import type { Image } from "./image";
import type { Lab } from "./lab";
import type { AddressesPeer, Endpoint, GpuNeed, InternetPeer, MetricsPort, Needs, RuleGroup, SecretNeed, Store } from "./needs";
import type { Release } from "./release";
import type { Site } from "./site";
import type { Writer } from "./writer";

/**
 * How one cluster meets each kind of need. A provider is one function of one need: it writes objects into the release's
 * chart and hands back a grant. It asks for nothing itself; what must run for it to work is `backedBy`.
 */
export interface Provides {
  /** By worth (`precious`, `rebuildable`), by shape (`shared`), or by a name that a placement chooses. */
  readonly storage: Readonly<Record<string, StorageProvider>>;
  readonly buckets?: BucketProvider;
  readonly ingress?: IngressProvider;
  readonly internet?: InternetProvider;
  readonly certificates?: CertificateProvider;
  readonly loadBalancer?: LoadBalancerProvider;
  readonly secrets?: SecretsProvider;
  readonly gpu?: GpuProvider;
  readonly metrics?: MetricsProvider;
  readonly backup?: BackupProvider;
  readonly mirror?: MirrorProvider;
}

export interface Provider {
  /** The app that must run on the cluster for this provider to work: a start edge. */
  readonly backedBy?: string;
}

/** Where a provider writes: the release's own chart. */
export interface Scope {
  readonly chart: Construct;
  readonly release: Release;
}

export interface StorageProvider extends Provider {
  readonly storageClassName: string;
  readonly accessModes: readonly ("ReadWriteOnce" | "ReadWriteMany")[];
  /** Whether a volume is bound to the node it was made on: its pod can go nowhere else. */
  readonly nodeLocal: boolean;
  /**
   * A label of nodes: a volume is reached only from nodes with the same value as the one that it was made for, such as the machines
   * of one hypervisor, on whose disk it is. https://kubernetes.io/docs/concepts/storage/storage-classes/#allowed-topologies
   */
  readonly topologyKey?: string;
  /** Whether the CSI driver takes snapshots; without them backups copy files. */
  readonly snapshots: boolean;
  /** The app without which a snapshot that is asked for never comes to be: drivers only make those that its controller tells them to. */
  readonly snapshotsBackedBy?: string;
  /** What its volumes are on, where the nodes' own disks do not tell: a NAS. */
  readonly media?: Disk["media"];
  /** How much there is in all, where that is known. */
  readonly capacity?: (release: Release) => number;
  provide(scope: Scope, name: string, store: Store): VolumeGrant;
}

export interface BucketProvider extends Provider {
  /** Where its buckets are, outside the cluster; without it, whoever backs it exposes S3. */
  readonly reachedAt?: InternetPeer | AddressesPeer;
  provide(scope: Scope, name: string, store: Store): BucketGrant;
}

export interface IngressProvider extends Provider {
  readonly ingressClassName: string;
  /** Whose pods policies admit to what they route to: an app of the catalogue by name, or pods that are not ours. */
  readonly controller: string | ForeignPods;
  route(scope: Scope, endpoint: Endpoint, grant: EndpointGrant, tls: TlsGrant | undefined): void;
  /** Annotations of the Service behind a route, where the controller reads there how to speak to the pods. */
  readonly serviceAnnotations?: (scheme: Endpoint["scheme"]) => Readonly<Record<string, string>>;
}

/** Carries callers from the internet to what is exposed to it, so that the house opens no port to them. */
export interface InternetProvider extends Provider {
  /** App whose pods policies admit to what callers are carried to. */
  readonly carrier: string;
  readonly carries: readonly Endpoint["scheme"][];
  /** Whether it asks whoever calls a host name who they are. */
  asks(host: string): boolean;
}

/** Pods that something else than hearth runs, such as k3s' own Traefik. */
export interface ForeignPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The port on which its pods speak HTTPS. */
  readonly https: number;
}

export interface TlsGrant {
  readonly secretName: string;
  /** Annotations that make the certificate appear. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface CertificateProvider extends Provider {
  readonly issuer: string;
  /** Who can verify its certificates: every browser, or whoever was given the lab's roots. */
  readonly believedBy: "everybody" | "lab";
  certify(name: string): TlsGrant;
}

export interface LoadBalancerProvider extends Provider {
  /** Annotations of a LoadBalancer Service for a fixed address, or any of the pool. */
  annotations(pool: string, address: string | undefined): Readonly<Record<string, string>>;
}

export interface SecretsProvider extends Provider {
  /** It has no vault: it meets no need of a vault's value, and none of a value that must outlive the cluster. */
  readonly vaultless?: boolean;
  provide(scope: Scope, name: string, need: SecretNeed): SecretGrant;
}

export interface GpuProvider extends Provider {
  readonly vendor: GpuNeed["vendor"];
  /** Pods that may share one device; 1 is exclusive. */
  readonly shares: number;
  provide(need: GpuNeed): GpuGrant;
}

export interface MetricsProvider extends Provider {
  /** App name of whoever scrapes: policies admit its pods to metrics ports. */
  readonly scraper: string;
  /** The labels that it gives to every series of a port, beside `job` and `instance`: which pod it was scraped from. */
  targetLabels(port: MetricsPort): readonly string[];
  watch(scope: Scope, name: string, service: string, port: MetricsPort): void;
  alert(scope: Scope, groups: readonly RuleGroup[]): void;
  dashboard(scope: Scope, name: string, dashboard: unknown): void;
}

/** How precious stores are backed up, restored and drilled. */
export interface BackupProvider extends Provider {
  /** The tools of the lab's plan that it runs: what another one should copy, nobody does. */
  readonly runs: readonly Writer[];
  /** What a release with precious volumes runs before anything of it starts; without it, nothing is brought back by itself. */
  readonly firstStart?: FirstStart;
  /** Writes into the chart of a release with precious volumes what protects them. */
  protect(scope: Scope): void;
  /** What has to exist, once everything is built, for one release's precious volumes to be copied, to be drilled and to come back. */
  parts(release: Release): readonly BackupPart[];
}

/** A Job of this component and image. It asks the Kubernetes API, and Argo CD goes on with the release when it is done. */
export interface FirstStart {
  readonly component: string;
  readonly image: Image;
}

/** How precious buckets are copied: from beside each release that has one, with that bucket's own key. */
export interface MirrorProvider extends Provider {
  readonly image: Image;
  /** What its pods need besides the buckets: ways to where copies go, keys there, and whoever tells of a copy that did not come. */
  needs(placed: MirrorPlaced, buckets: readonly string[]): Pick<Needs, "talksTo" | "secrets" | "watches">;
  /** Writes into the release's chart what copies its precious buckets, tries the copies, and brings them back. */
  copy(scope: Scope, granted: MirrorGranted): void;
  /** What is wrong with how it is given, in this lab. */
  check(lab: Lab): readonly Omit<Report, "address">[];
  /** How a cluster's buckets come back, as Markdown; nothing where there is none. */
  runbook(cluster: Cluster, releases: readonly Release[]): string | undefined;
}

export interface MirrorPlaced {
  readonly name: string;
  readonly namespace: string;
  readonly site: Site;
}

export interface MirrorGranted {
  /** Precious buckets by the name of their store. */
  readonly buckets: Readonly<Record<string, BucketGrant>>;
  readonly secrets: Readonly<Record<string, SecretGrant>>;
}

export interface BackupPart {
  readonly does: "copy" | "drill" | "restore";
  /** The release that it belongs to. */
  readonly address: string;
  /** `Schedule/notes` */
  readonly object: string;
}
