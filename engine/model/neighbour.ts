import type { EndpointGrant } from "./grants";
import type { Endpoint, Store } from "./needs";

/** What an app may know of another release on its cluster: enough to back it up, to show it, to ask whether it is well. */
export interface Neighbour {
  readonly address: string;
  readonly name: string;
  readonly namespace: string;
  /** The name of its app. */
  readonly app: string;
  readonly exposes: Readonly<Record<string, Endpoint & { readonly grant: EndpointGrant }>>;
  readonly stores: Readonly<Record<string, Store>>;
  /** Whether it has a volume that the cluster's storage cannot snapshot. */
  readonly copiesFiles: boolean;
  /** Every metric that it is declared to serve, or that its rules record. */
  readonly series: readonly string[];
  /** Grafana dashboards that it brings, as JSON, by file name. */
  readonly dashboards: Readonly<Record<string, unknown>>;
}
