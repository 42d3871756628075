import { entryAddressOf, entryPortOf } from "../../engine/model/flow";
import type { Site } from "../../engine/model/site";

/** What it listens on. Probes and metrics have a port of their own, which no Service leads callers to. */
export const ports = { web: 8000, websecure: 8443, internal: 9100 } as const;

/** How long callers may take to finish when a pod stops: first it tells the Service, then it waits for them. */
export const drainSeconds = 60;

interface Static {
  readonly site: Site;
  /** The Service with the address that the LAN sees, `namespace/name`. */
  readonly service: string;
  readonly ingressClassName: string;
  readonly trustedProxies: readonly string[];
  readonly uploadSeconds: number;
  readonly gatewayApi: boolean;
  readonly logLevel: string;
}

/** Traefik's static configuration. The dashboard and the API stay off: nothing asks for them. */
export const args = (options: Static): readonly string[] => [
  "--global.checknewversion=false",
  "--global.sendanonymoususage=false",
  `--log.level=${options.logLevel}`,
  "--log.format=json",
  "--accesslog=true",
  "--accesslog.format=json",
  // Queries carry sign-in codes and signed URLs; headers are dropped by default.
  "--accesslog.fields.queryparameters.defaultmode=drop",
  ...entryPoints(options),
  `--entrypoints.traefik.address=:${ports.internal}`,
  "--ping=true",
  "--metrics.prometheus=true",
  // The pod is rolled when the file changes.
  "--providers.file.filename=/etc/traefik/dynamic/tls.yaml",
  "--providers.file.watch=false",
  ...ingressProvider(options),
  ...(options.gatewayApi ? ["--providers.kubernetesgateway=true", ...published(options, "providers.kubernetesgateway.statusaddress")] : []),
];

function entryPoints({ site, trustedProxies, uploadSeconds }: Static): readonly string[] {
  const trusted = (name: string) => (trustedProxies.length ? [`--entrypoints.${name}.forwardedheaders.trustedips=${trustedProxies.join(",")}`] : []);
  const draining = (name: string) => [
    `--entrypoints.${name}.transport.lifecycle.requestacceptgracetimeout=10s`,
    `--entrypoints.${name}.transport.lifecycle.gracetimeout=${drainSeconds}s`,
  ];
  return [
    `--entrypoints.web.address=:${ports.web}`,
    // By port, not by name: a name would send browsers to the port inside the pod.
    `--entrypoints.web.http.redirections.entrypoint.to=:${entryPortOf(site.cluster)}`,
    "--entrypoints.web.http.redirections.entrypoint.scheme=https",
    ...trusted("web"),
    ...draining("web"),
    `--entrypoints.websecure.address=:${ports.websecure}`,
    "--entrypoints.websecure.asdefault=true",
    // An Ingress' `tls` alone makes no TLS router: certificates are found by name, but only where TLS is on.
    "--entrypoints.websecure.http.tls=true",
    `--entrypoints.websecure.transport.respondingtimeouts.readtimeout=${uploadSeconds}s`,
    ...trusted("websecure"),
    ...draining("websecure"),
  ];
}

const ingressProvider = (options: Static): readonly string[] => [
  "--providers.kubernetesingress=true",
  `--providers.kubernetesingress.ingressclass=${options.ingressClassName}`,
  // As Kubernetes defines prefixes: /foo is not the beginning of /foobar.
  "--providers.kubernetesingress.strictprefixmatching=true",
  // An app without a ready pod answers 503, "come back later", and not 404, "there is no such thing".
  "--providers.kubernetesingress.allowemptyservices=true",
  ...published(options, "providers.kubernetesingress.ingressendpoint"),
];

/** The address that Ingress objects report as theirs: the lab's for the cluster, or where it names none, whatever the Service was given. */
function published({ site, service }: Static, option: string): readonly string[] {
  const address = entryAddressOf(site.cluster, site);
  if (address) return [`--${option}.ip=${address}`];
  const [namespace, name] = service.split("/");
  return option.endsWith("ingressendpoint") ? [`--${option}.publishedservice=${service}`] : [`--${option}.service.namespace=${namespace}`, `--${option}.service.name=${name}`];
}

/** The default TLS options of every router. A caller who names no known host gets no certificate, rather than a meaningless one. */
export const tlsFile = (minTls: "1.2" | "1.3"): string => {
  const minVersion = { "1.2": "VersionTLS12", "1.3": "VersionTLS13" }[minTls];
  return `${JSON.stringify({ tls: { options: { default: { minVersion, sniStrict: true } } } }, null, 2)}\n`;
};
