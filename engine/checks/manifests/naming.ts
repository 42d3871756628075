import { fieldOf, type Manifest } from "../../model/manifest";
import { arrayOf } from "./violations";

/** An object that another one names: of its own namespace, of one that it says, or of the cluster. */
export interface Reference {
  /** Empty for what belongs to no namespace. */
  readonly namespace: string;
  /** `Secret/app-key`. */
  readonly object: string;
}

/**
 * Where objects name others, and of which kind: by their own kind and the path, `*` for every item of a list. There stands a
 * name, or a reference with `name` and, where they are said, `kind`, `namespace` and `port`.
 */
const paths: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ingress: { "spec.tls.*.secretName": "Secret" },
  IngressClass: { "spec.controller": "IngressController" },
  HorizontalPodAutoscaler: { "spec.scaleTargetRef": "Deployment" },
  MutatingWebhookConfiguration: { "webhooks.*.clientConfig.service": "Service" },
  ValidatingWebhookConfiguration: { "webhooks.*.clientConfig.service": "Service" },
  APIService: { "spec.service": "Service" },
  // https://prometheus-operator.dev/docs/api-reference/api/
  Alertmanager: { "spec.alertmanagerConfiguration.name": "AlertmanagerConfig" },
  AlertmanagerConfig: { "spec.route.receiver": "Receiver", "spec.route.routes.*.receiver": "Receiver", "spec.route.routes.*.routes.*.receiver": "Receiver" },
  ServiceMonitor: { "spec.namespaceSelector.matchNames.*": "Namespace", "spec.scrapeClass": "ScrapeClass" },
  PodMonitor: { "spec.namespaceSelector.matchNames.*": "Namespace", "spec.scrapeClass": "ScrapeClass" },
  Probe: { "spec.scrapeClass": "ScrapeClass" },
  ScrapeConfig: { "spec.scrapeClass": "ScrapeClass" },
  // https://external-secrets.io/latest/api/pushsecret/
  PushSecret: { "spec.selector.secret.name": "Secret" },
  // https://cert-manager.io/docs/configuration/ca/
  Issuer: { "spec.ca.secretName": "Secret" },
  ClusterIssuer: { "spec.ca.secretName": "Secret" },
  // https://metallb.io/apis/
  L2Advertisement: { "spec.ipAddressPools.*": "IPAddressPool" },
  BGPAdvertisement: { "spec.ipAddressPools.*": "IPAddressPool", "spec.peers.*": "BGPPeer" },
  BGPPeer: { "spec.bfdProfile": "BFDProfile" },
  // https://velero.io/docs/v1.18/api-types/schedule/
  Schedule: { "spec.template.storageLocation": "BackupStorageLocation", "spec.template.volumeSnapshotLocations.*": "VolumeSnapshotLocation", "spec.template.resourcePolicy.name": "ConfigMap", "spec.template.includedNamespaces.*": "Namespace" },
  // https://github.com/ceph/ceph-csi-operator/blob/v1.0.4/docs/design/operator.md
  OperatorConfig: { "spec.driverSpecDefaults.imageSet": "ConfigMap" },
  Driver: { "spec.imageSet": "ConfigMap" },
  ClientProfile: { "spec.cephConnectionRef": "CephConnection" },
  // pkg/provider/kubernetes/crd/traefikio/v1alpha1 of Traefik 3.7
  IngressRoute: {
    "spec.entryPoints.*": "EntryPoint",
    "spec.parentRefs.*": "IngressRoute",
    "spec.routes.*.middlewares.*": "Middleware",
    "spec.routes.*.services.*": "Service",
    "spec.routes.*.services.*.middlewares.*": "Middleware",
    "spec.routes.*.services.*.serversTransport": "ServersTransport",
    "spec.tls.secretName": "Secret",
    "spec.tls.options": "TLSOption",
  },
  IngressRouteTCP: { "spec.entryPoints.*": "EntryPoint", "spec.routes.*.middlewares.*": "MiddlewareTCP", "spec.routes.*.services.*": "Service", "spec.routes.*.services.*.serversTransport": "ServersTransportTCP", "spec.tls.secretName": "Secret", "spec.tls.options": "TLSOption" },
  IngressRouteUDP: { "spec.entryPoints.*": "EntryPoint", "spec.routes.*.services.*": "Service" },
  Middleware: { "spec.chain.middlewares.*": "Middleware", "spec.errors.service": "Service", "spec.basicAuth.secret": "Secret", "spec.digestAuth.secret": "Secret", "spec.forwardAuth.tls.caSecret": "Secret", "spec.forwardAuth.tls.certSecret": "Secret" },
  TraefikService: { "spec.weighted.services.*": "Service", "spec.mirroring": "Service", "spec.mirroring.mirrors.*": "Service", "spec.highestRandomWeight.services.*": "Service", "spec.failover.service": "Service", "spec.failover.fallback": "Service" },
  ServersTransport: { "spec.rootCAsSecrets.*": "Secret", "spec.certificatesSecrets.*": "Secret", "spec.rootCAs.*.secret": "Secret", "spec.rootCAs.*.configMap": "ConfigMap" },
  TLSOption: { "spec.clientAuth.secretNames.*": "Secret" },
  TLSStore: { "spec.defaultCertificate.secretName": "Secret", "spec.certificates.*.secretName": "Secret" },
};

/** Annotations that name others, one or several with commas between, and of which kind. */
const annotations: Readonly<Record<string, string>> = {
  // https://cert-manager.io/docs/concepts/ca-injector/
  "cert-manager.io/inject-ca-from": "Certificate",
  "cert-manager.io/inject-ca-from-secret": "Secret",
  // https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/
  "nginx.org/basic-auth-secret": "Secret",
  "nginx.org/grpc-services": "Service",
  "nginx.org/ssl-services": "Service",
  "nginx.org/websocket-services": "Service",
  // https://doc.traefik.io/traefik/v3.7/reference/routing-configuration/kubernetes/ingress/
  "traefik.ingress.kubernetes.io/router.entrypoints": "EntryPoint",
  "traefik.ingress.kubernetes.io/router.middlewares": "Middleware",
  "traefik.ingress.kubernetes.io/router.tls.options": "TLSOption",
  "traefik.ingress.kubernetes.io/service.serverstransport": "ServersTransport",
};

/** What Traefik's other providers and annotations know as `namespace-name@kubernetescrd`. */
const traefiks: ReadonlySet<string> = new Set(["Middleware", "MiddlewareTCP", "ServersTransport", "ServersTransportTCP", "TLSOption", "TraefikService"]);
const byTraefik = "@kubernetescrd";

/** Kinds that belong to no namespace, of those that are named. */
export const clusterWide: ReadonlySet<string> = new Set(["CephClusterID", "ClusterRole", "CSIDriver", "EntryPoint", "IngressController", "Namespace", "ScrapeClass"]);

const steps: ReadonlyMap<string, readonly (readonly [path: readonly string[], kind: string])[]> = new Map(
  Object.entries(paths).map(([kind, of]) => [kind, Object.entries(of).map(([path, named]) => [path.split("."), named])]),
);

/** Kinds that some path or annotation leads to. */
export const namedKinds: readonly string[] = [...Object.values(paths).flatMap((of) => Object.values(of)), ...Object.values(annotations), ...traefiks];

/** What an object names by the paths of its kind, and in its annotations. */
export function namedAt(manifest: Manifest, namespace: string): readonly Reference[] {
  const found = (steps.get(manifest.kind) ?? []).flatMap(([path, kind]) => valuesAt(manifest, path).flatMap((value) => referenceTo(kind, value, namespace)));
  const said = manifest.metadata.annotations;
  // Every object comes by here, and nearly none has any of them.
  for (const key in said) {
    const kind = annotations[key];
    if (kind !== undefined) found.push(...String(said[key]).split(",").flatMap((part) => annotated(kind, part.trim(), namespace)));
  }
  return found;
}

/** Where an object is looked for: in its namespace, in the cluster, under the name that Traefik gives it. */
export function placesOf(object: string, namespace: string): readonly string[] {
  const [kind, own] = [object.slice(0, object.indexOf("/")), `${namespace} ${object}`];
  if (clusterWide.has(kind)) return [own, ` ${object}`];
  return traefiks.has(kind) ? [own, ` ${kind}/${traefikName(`${namespace}-${object.slice(kind.length + 1)}`)}`] : [own];
}

/** makeID and Normalize in Traefik's pkg/provider. */
const traefikName = (id: string): string => `${id.replace(/[^\p{L}\p{N}]+/gu, "-")}${byTraefik}`;

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value];
  return step === "*" ? arrayOf(value).flatMap((item) => valuesAt(item, rest)) : valuesAt(fieldOf(value, step), rest);
}

function referenceTo(kind: string, value: unknown, own: string): readonly Reference[] {
  const name = typeof value === "string" ? value : fieldOf(value, "name");
  // `*` is all that there are.
  if (typeof name !== "string" || name === "" || name === "*") return [];
  if (name.includes("@")) return elsewhere(String(fieldOf(value, "kind") ?? kind), name);
  const said = String(fieldOf(value, "kind") ?? kind);
  const namespace = clusterWide.has(said) ? "" : String(fieldOf(value, "namespace") ?? own);
  return [{ namespace, object: `${said}/${name}` }, ...(said === "Service" ? portOf(name, value, namespace) : [])];
}

/** `namespace/name`, a name alone, or what Traefik knows by a name of its own, whose `default` is always there. */
function annotated(kind: string, text: string, own: string): readonly Reference[] {
  const [namespace = "", name] = text.split("/");
  if (name !== undefined) return [{ namespace, object: `${kind}/${name}` }];
  if (text.includes("@")) return elsewhere(kind, text);
  if (text === "" || (kind === "TLSOption" && text === "default")) return [];
  return [{ namespace: traefiks.has(kind) || clusterWide.has(kind) ? "" : own, object: `${kind}/${text}` }];
}

/** What others of Traefik's providers have is in no object. */
const elsewhere = (kind: string, name: string): readonly Reference[] => (name.endsWith(byTraefik) ? [{ namespace: "", object: `${kind}/${name}` }] : []);

/** A port of a Service, where one is said: by its name or its number. */
export function portOf(service: string, value: unknown, namespace: string): readonly Reference[] {
  const port = fieldOf(value, "port");
  return port === undefined ? [] : [{ namespace, object: `ServicePort/${service}:${String(port)}` }];
}
