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
  HorizontalPodAutoscaler: { "spec.scaleTargetRef": "Deployment" },
  MutatingWebhookConfiguration: { "webhooks.*.clientConfig.service": "Service" },
  ValidatingWebhookConfiguration: { "webhooks.*.clientConfig.service": "Service" },
  APIService: { "spec.service": "Service" },
  // https://prometheus-operator.dev/docs/api-reference/api/
  Alertmanager: { "spec.alertmanagerConfiguration.name": "AlertmanagerConfig" },
  ServiceMonitor: { "spec.namespaceSelector.matchNames.*": "Namespace" },
  PodMonitor: { "spec.namespaceSelector.matchNames.*": "Namespace" },
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
};

/** Kinds that belong to no namespace, of those that are named. */
export const clusterWide: ReadonlySet<string> = new Set(["CephClusterID", "ClusterRole", "CSIDriver", "Namespace"]);

const steps: ReadonlyMap<string, readonly (readonly [path: readonly string[], kind: string])[]> = new Map(
  Object.entries(paths).map(([kind, of]) => [kind, Object.entries(of).map(([path, named]) => [path.split("."), named])]),
);

/** Kinds that some path leads to. */
export const namedKinds: readonly string[] = Object.values(paths).flatMap((of) => Object.values(of));

/** What an object names by the paths of its kind. */
export const namedAt = (manifest: Manifest, namespace: string): readonly Reference[] =>
  (steps.get(manifest.kind) ?? []).flatMap(([path, kind]) => valuesAt(manifest, path).flatMap((value) => referenceTo(kind, value, namespace)));

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value];
  return step === "*" ? arrayOf(value).flatMap((item) => valuesAt(item, rest)) : valuesAt(fieldOf(value, step), rest);
}

function referenceTo(kind: string, value: unknown, own: string): readonly Reference[] {
  const name = typeof value === "string" ? value : fieldOf(value, "name");
  // `*` is all that there are.
  if (typeof name !== "string" || name === "" || name === "*") return [];
  const said = String(fieldOf(value, "kind") ?? kind);
  const namespace = clusterWide.has(said) ? "" : String(fieldOf(value, "namespace") ?? own);
  return [{ namespace, object: `${said}/${name}` }, ...(said === "Service" ? portOf(name, value, namespace) : [])];
}

/** A port of a Service, where one is said: by its name or its number. */
export function portOf(service: string, value: unknown, namespace: string): readonly Reference[] {
  const port = fieldOf(value, "port");
  return port === undefined ? [] : [{ namespace, object: `ServicePort/${service}:${String(port)}` }];
}
