import type { Entrants } from "./entrants";
import type { Bytes, Duration } from "./quantity";

/** Everything an app asks a cluster to arrange. Pure data: no Kubernetes objects, no provider names. */
export interface Needs {
  /** Ports others may reach, by name. */
  readonly exposes?: Readonly<Record<string, Endpoint>>;
  /** Data that outlives a pod, by name. */
  readonly stores?: Readonly<Record<string, Store>>;
  /** Secret values, by the name the app uses for them. */
  readonly secrets?: Readonly<Record<string, SecretNeed>>;
  /** Who the app calls. What is not listed here is denied. */
  readonly talksTo?: Readonly<Record<string, Peer>>;
  readonly gpu?: GpuNeed | undefined;
  readonly watches?: Watches | undefined;
}

/** How far an endpoint reaches: pods that declare they call it, the lab's networks, or everyone. */
export type Reach = "cluster" | "lan" | "internet";

/** What is spoken on one port. */
export type Protocols = string | readonly string[];

/** Whether a port answers those who look for a protocol. */
export const speaksTo = (protocol: string, spoken: Protocols | undefined): boolean => (typeof spoken === "string" ? spoken === protocol : (spoken?.includes(protocol) ?? false));

export interface Endpoint {
  readonly port: number;
  /** `http` and `https` are routed by host name through the ingress; `tcp` and `udp` beyond the cluster need an address of their own. */
  readonly scheme: "http" | "https" | "grpc" | "tcp" | "udp";
  readonly reach: Reach;
  /** Who may enter where that is the internet, and it is reached by name: nobody is let in unsaid. */
  readonly enter?: Entrants;
  /** The protocol callers look for: `openai`, `s3`, `alertmanager`; several where one port answers them all. */
  readonly speaks?: Protocols;
  /** The component whose pods answer; without it, the app's main one. */
  readonly component?: string;
  /** Labels that tell the pods that answer from the component's others: the active one of a pair. */
  readonly only?: Readonly<Record<string, string>>;
  /** First label of its host name; without it, the release's name. */
  readonly host?: string;
  /** A well-known port others must use; without it, the same as `port`. */
  readonly servicePort?: number;
  /** A fixed address of the cluster's pools, for `tcp` and `udp` beyond the cluster; without it, any. */
  readonly address?: string;
  /** The API server itself calls this port (an admission webhook, an aggregated API): policies admit the control plane. */
  readonly webhook?: boolean;
}

/** A volume of one pod, a volume of many, or a bucket. */
export interface Store {
  readonly size: Bytes;
  /** What losing it would cost. It chooses the storage, the backup and the restore drill. */
  readonly worth: "precious" | "rebuildable";
  readonly as: "volume" | "shared" | "bucket";
  /** Who makes the claim: the engine, or a controller from a template (a StatefulSet's, an operator's). */
  readonly claim: "engine" | "template";
}

export const precious = (size: Bytes): Store & { as: "volume" } => ({ size, worth: "precious", as: "volume", claim: "engine" });
export const rebuildable = (size: Bytes): Store & { as: "volume" } => ({ size, worth: "rebuildable", as: "volume", claim: "engine" });
/** The same volume, mounted by many pods at once. */
export const shared = (store: Store): Store & { as: "shared" } => ({ ...store, as: "shared" });
/** The claim comes from a template; the app gets the class and the size to write into it. */
export const templated = (store: Store): Store & { as: "volume" } => ({ ...store, as: "volume", claim: "template" });
/** An S3 bucket of its own, with a key of its own. */
export const bucket = (store: Store): Store & { as: "bucket" } => ({ ...store, as: "bucket" });

/** A value that must never stand in git: made once in the cluster, or fetched from the lab's vault. */
export type SecretNeed = GeneratedSecret | VaultSecret;

export interface GeneratedSecret {
  readonly from: "generated";
  /** Length in characters. */
  readonly length: number;
  /** Data cannot be read again without it: it is also pushed to the vault, off site. */
  readonly guards: boolean;
  readonly shape?: SecretShape;
}

export interface VaultSecret {
  readonly from: "vault";
  /** The name under which the vault keeps it. */
  readonly key: string;
  readonly shape?: SecretShape;
}

/** Where software insists on the Secret's own name, keys, type or labels. `{{ .value }}` stands for the value. */
export interface SecretShape {
  readonly name?: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  /** Keys are added to a Secret that somebody else owns, instead of making one. */
  readonly into?: "own" | "merge";
}

export const generated = (options: { length?: number; guards?: boolean; shape?: SecretShape } = {}): GeneratedSecret => ({
  from: "generated",
  length: options.length ?? 48,
  guards: options.guards ?? false,
  ...(options.shape ? { shape: options.shape } : {}),
});
export const vault = (key: string, shape?: SecretShape): VaultSecret => ({ from: "vault", key, ...(shape ? { shape } : {}) });

/** Whom an app calls. Each kind carries `from`: the one component that calls, where not all of them do. */
export type Peer = ProtocolPeer | InternetPeer | KubernetesApiPeer | ComponentPeer | NodesPeer | AddressesPeer | NeighboursPeer | EntryPeer;

interface Caller {
  readonly from?: string | undefined;
}
/** Another release or an external that speaks a protocol: chosen by `using`, or the only one on the cluster. */
export interface ProtocolPeer extends Caller {
  readonly kind: "protocol";
  readonly speaks: string;
  /** Nothing is wrong when nobody speaks it: the grant is then undefined. */
  readonly optional: boolean;
  /** The app makes whoever calls believe the grant's `authority`: without that, it calls no other cluster of the lab's own signing. */
  readonly takesAuthority?: boolean;
}
/**
 * A host on the internet; `*.example.org` is every name one level below. Where the CNI knows names (Cilium) it is that and no
 * other; elsewhere policies know addresses, and it opens this port to everything but private ranges.
 */
export interface InternetPeer extends Caller {
  readonly kind: "internet";
  readonly host: string;
  readonly port: number;
  /** `host` only says what for: pods call whom they choose. */
  readonly anywhere?: true;
}
/** The cluster's own API server: only an app that asks gets egress to it and a ServiceAccount token. */
export interface KubernetesApiPeer extends Caller {
  readonly kind: "kubernetes-api";
}
/** Another component of the same release. */
export interface ComponentPeer extends Caller {
  readonly kind: "component";
  readonly component: string;
  readonly port: number;
  /** The last of a range of ports that begins with `port`. */
  readonly endPort?: number;
  readonly protocol: "TCP" | "UDP";
}
/** A port on every node's own address: kubelets, node-exporters on the host network. */
export interface NodesPeer extends Caller {
  readonly kind: "nodes";
  readonly port: number;
}

/** Addresses that the lab itself knows: other clusters' API servers, a metadata service. */
export interface AddressesPeer extends Caller {
  readonly kind: "addresses";
  readonly cidrs: readonly string[];
  readonly port: number;
  /** The last of a range of ports that begins with `port`. */
  readonly endPort?: number;
}

/** Every TCP port that the cluster's other releases expose beyond it: whoever asks whether they answer. */
export interface NeighboursPeer extends Caller {
  readonly kind: "neighbours";
}

/**
 * The cluster's own way in, by one of its host names. The name's address is the ingress' outside, but nodes lead the call to its
 * pods before a policy looks at it.
 */
export interface EntryPeer extends Caller {
  readonly kind: "entry";
  /** Scheme, host and port. */
  readonly url: string;
}

type From = { readonly from?: string };
type Speaking = From & Pick<ProtocolPeer, "takesAuthority">;
export const speaks = (protocol: string, options: Speaking = {}): ProtocolPeer & { optional: false } => ({
  kind: "protocol",
  speaks: protocol,
  optional: false,
  ...options,
});
export const maybe = (protocol: string, options: Speaking = {}): ProtocolPeer & { optional: true } => ({
  kind: "protocol",
  speaks: protocol,
  optional: true,
  ...options,
});
export const internet = (host: string, options: From & { readonly port?: number } = {}): InternetPeer => ({
  kind: "internet",
  host,
  port: options.port ?? 443,
  from: options.from,
});
/** No host in particular: `anywhere("anything on the web")`. */
export const anywhere = (what: string, options: From & { readonly port?: number } = {}): InternetPeer => ({ ...internet(what, options), anywhere: true });
export const kubernetesApi = (options: From = {}): KubernetesApiPeer => ({ kind: "kubernetes-api", ...options });
export const component = (name: string, port: number, options: From & { readonly protocol?: "TCP" | "UDP"; readonly endPort?: number } = {}): ComponentPeer => ({
  kind: "component",
  component: name,
  port,
  protocol: options.protocol ?? "TCP",
  from: options.from,
  ...(options.endPort === undefined ? {} : { endPort: options.endPort }),
});
export const nodes = (port: number, options: From = {}): NodesPeer => ({ kind: "nodes", port, ...options });

export const addresses = (cidrs: readonly string[], port: number, options: From & { readonly endPort?: number } = {}): AddressesPeer => ({ kind: "addresses", cidrs, port, ...options });

export const neighbours = (options: From = {}): NeighboursPeer => ({ kind: "neighbours", ...options });

/** What `neighbours` opens: an endpoint that people reach, and that answers to a connection. */
export const answersPeople = ({ reach, scheme }: Endpoint): boolean => reach !== "cluster" && scheme !== "udp";

export interface GpuNeed {
  readonly vendor: "nvidia" | "amd" | "intel";
  /** Devices, or shares of one where the cluster shares its GPUs. */
  readonly count: number;
  /** Memory the release uses on each device: a model larger than the device never starts. */
  readonly memory: Bytes;
}

/** What monitoring must know of the app. On a cluster without monitoring it is simply not watched. */
export interface Watches {
  /** Ports that serve Prometheus metrics, by name. */
  readonly metrics?: Readonly<Record<string, MetricsPort>>;
  /** What the app itself scrapes that is nobody's release (the kubelets, the API server), by job, with the metrics it keeps. */
  readonly scrapes?: Readonly<Record<string, readonly string[]>>;
  /** Alert and recording rules, in Prometheus' own form. */
  readonly rules?: readonly RuleGroup[];
  /** Grafana dashboards as JSON, by file name. */
  readonly dashboards?: Readonly<Record<string, unknown>>;
}

export interface MetricsPort {
  readonly port: number;
  readonly path?: string;
  readonly scheme?: "http" | "https";
  readonly component?: string;
  readonly interval?: Duration;
  /** The pod shares its node's network: it is reached at the node's address, where no policy holds. */
  readonly hostNetwork?: boolean;
  /** The metrics it is known to serve, with their own labels: `room_celsius{room}`. Rules and dashboards may only ask for these. */
  readonly series: readonly string[];
  /** Scraped with the scraper's own ServiceAccount token (kube-rbac-proxy, the kubelet, the API server). */
  readonly bearer?: boolean;
  readonly insecureSkipVerify?: boolean;
  /** Its series speak of other pods and nodes (kube-state-metrics): the target's own namespace and pod must not replace what they say. */
  readonly honorLabels?: boolean;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: Duration;
  readonly rules: readonly Rule[];
}
export type Rule = AlertRule | RecordingRule;
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: Duration;
  readonly severity: "critical" | "warning" | "info";
  readonly summary: string;
  readonly description: string;
}
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}
