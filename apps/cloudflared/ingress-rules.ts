import { carried } from "../../engine/model/flow";
import type { Entrants } from "../../engine/model/entrants";
import type { Neighbour } from "../../engine/model/neighbour";
import type { Site } from "../../engine/model/site";
import { tunnelOf, type Access } from "./provides";

type Exposed = Neighbour["exposes"][string];

/** One line of the tunnel's configuration: config/configuration.go at 2026.8.2. */
export interface IngressRule {
  readonly hostname?: string;
  readonly service: string;
  readonly originRequest?: Readonly<Record<string, unknown>>;
}

/** What is exposed to the internet, by host name, and to nobody else; whatever else is asked for is not there. */
export const ingressRules = (neighbours: readonly Neighbour[], site: Site): readonly IngressRule[] => [
  ...neighbours.flatMap(({ exposes }) => Object.values(exposes).filter((endpoint) => carried(site.cluster, endpoint)).map((endpoint) => ruleOf(endpoint, tunnelOf(site.cluster.provides.internet)?.access))),
  { service: "http_status:404" },
];

function ruleOf({ scheme, grant, enter }: Exposed, access: Access | undefined): IngressRule {
  const originRequest = {
    // Names within the cluster are on no certificate.
    ...(scheme === "https" ? { noTLSVerify: true } : {}),
    ...asking(enter, access, grant.host),
  };
  return { hostname: grant.host, service: grant.inCluster, ...(Object.keys(originRequest).length ? { originRequest } : {}) };
}

/** Whoever did not pass Access is refused here as well: a policy that somebody took away in its pages opens nothing. */
const asking = (enter: Entrants | undefined, access: Access | undefined, host: string) =>
  enter === "everyone" ? {} : { access: { required: true, teamName: access?.team ?? "", audTag: [access?.audiences[host] ?? ""] } };
