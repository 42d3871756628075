import type { Authority } from "./authority";
import type { Needs, NeighboursPeer, ProtocolPeer } from "./needs";
import type { Bytes } from "./quantity";

/** What a cluster hands back for each need, under the names the app chose. */
export interface Grants<N extends Needs> {
  readonly exposes: { readonly [K in keyof N["exposes"]]: EndpointGrant };
  readonly stores: { readonly [K in keyof N["stores"]]: StoreGrant<NonNullable<N["stores"]>[K & keyof N["stores"]]> };
  readonly secrets: { readonly [K in keyof N["secrets"]]: SecretGrant };
  readonly talksTo: { readonly [K in keyof N["talksTo"]]: PeerGrant<NonNullable<N["talksTo"]>[K & keyof N["talksTo"]]> };
  readonly gpu: GpuGrantOf<N["gpu"]>;
  /** For pods that a controller makes: the engine writes it into those that the app writes itself. */
  readonly pods: PodsGrant;
}

export interface PodsGrant {
  readonly priorityClassName: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly { readonly key: string; readonly operator: "Equal" | "Exists"; readonly value?: string; readonly effect: string }[];
}

export interface EndpointGrant {
  /** The port that the pod listens on. */
  readonly port: number;
  /** Name of that port on Services. */
  readonly name: string;
  readonly service: string;
  /** For callers in the cluster. */
  readonly inCluster: string;
  /** For people: through the ingress where the endpoint reaches the LAN, otherwise the same as `inCluster`. */
  readonly url: string;
  /** The host name of `url`. */
  readonly host: string;
}

type StoreGrant<S> = S extends undefined ? never : S extends { readonly as: "bucket" } ? BucketGrant : VolumeGrant;

export interface VolumeGrant {
  /** Mount this claim; with `claim: "template"`, the claim template's name. */
  readonly claimName: string;
  readonly storageClassName: string;
  readonly accessModes: readonly ("ReadWriteOnce" | "ReadWriteMany")[];
  readonly size: Bytes;
  /** What a claim of this storage must say besides; claim templates take it over. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface BucketGrant {
  readonly bucketName: string;
  /** Host and port of the S3 endpoint, without scheme. */
  readonly endpoint: string;
  readonly insecure: boolean;
  readonly region: string;
  readonly accessKey: SecretGrant;
  readonly secretKey: SecretGrant;
}

/** Where a secret's value will be. */
export interface SecretGrant {
  readonly name: string;
  readonly key: string;
}

/** Where its neighbours are, an app that calls them all sees in `neighbours`. */
type PeerGrant<P> = [P] extends [NeighboursPeer] ? undefined : P extends ProtocolPeer & { readonly optional: true } ? CalleeGrant | undefined : CalleeGrant;

export interface CalleeGrant {
  /** Scheme, host and port, without a path. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The release that answers (`forge/ollama`), or the external's name. */
  readonly address: string;
  /** What must be believed besides public authorities for the call to succeed. */
  readonly authority?: Authority;
}

type GpuGrantOf<G> = [G] extends [undefined] ? undefined : undefined extends G ? GpuGrant | undefined : GpuGrant;

export interface GpuGrant {
  /** The extended resource to put into `limits`. */
  readonly resource: string;
  readonly count: number;
  readonly runtimeClassName: string;
  readonly tolerations: readonly { readonly key: string; readonly operator: "Exists"; readonly effect: "NoSchedule" }[];
}
