import type { JsonSchema } from "../../../engine/schema/json-schema";
import { anyObject, flag, int32, kubernetes, list, mapOf, object, oneOf, quantity, required, text, whole, withSpec, type ClosedKind } from "./closed-kind";

/**
 * Rook 1.20.6, for one Ceph cluster on hosts' own disks, its pools, file systems and object stores.
 * From https://rook.io/docs/rook/v1.20/CRDs/. Left out on purpose: `cleanupPolicy`, which destroys data and is never
 * committed, and what only several sites need (mirroring, zones, stretch clusters).
 */
const group = "ceph.rook.io";

const resources = kubernetes("core.v1.ResourceRequirements");
const placement = object({
  nodeAffinity: kubernetes("core.v1.NodeAffinity"),
  podAffinity: kubernetes("core.v1.PodAffinity"),
  podAntiAffinity: kubernetes("core.v1.PodAntiAffinity"),
  tolerations: list(kubernetes("core.v1.Toleration")),
  topologySpreadConstraints: list(kubernetes("core.v1.TopologySpreadConstraint")),
});
const probe = object({ disabled: flag, probe: kubernetes("core.v1.Probe") });
const health = object({ disabled: flag, interval: text, timeout: text });
const ratio: JsonSchema = { type: "number", minimum: 0, maximum: 1 };
const cidr: JsonSchema = { type: "string", pattern: "^[0-9a-fA-F:.]{2,}\\/[0-9]{1,3}$" };
const keyType: JsonSchema = { ...oneOf("aes", "aes256k"), minLength: 3, maxLength: 7 };
const port: JsonSchema = { type: "integer", minimum: 0, maximum: 65535 };

const devices = list(object({ name: text, fullpath: text, config: mapOf(text) }));
const selection = { useAllDevices: flag, deviceFilter: text, devicePathFilter: text, devices, config: mapOf(text) };
const deviceSet = object({
  name: required(text),
  count: required({ type: "integer", minimum: 1 }),
  portable: flag,
  encrypted: flag,
  tuneDeviceClass: flag,
  tuneFastDeviceClass: flag,
  schedulerName: text,
  config: mapOf(text),
  placement,
  preparePlacement: placement,
  resources,
  volumeClaimTemplates: required(list(anyObject)),
});

const cluster = object({
  cephVersion: object({ image: text, allowUnsupported: flag, imagePullPolicy: oneOf("IfNotPresent", "Always", "Never", "") }),
  dataDirHostPath: { type: "string", pattern: "^/(\\S+)" },
  skipUpgradeChecks: flag,
  continueUpgradeAfterChecksEvenIfNotHealthy: flag,
  upgradeOSDRequiresHealthyPGs: flag,
  waitTimeoutForHealthyOSDInMinutes: whole,
  removeOSDsIfOutAndSafeToRemove: flag,
  external: object({ enable: flag }),
  mon: object({ count: { type: "integer", minimum: 0, maximum: 9 }, allowMultiplePerNode: flag, failureDomainLabel: text, volumeClaimTemplate: anyObject }),
  mgr: object({
    count: { type: "integer", minimum: 0, maximum: 5 },
    allowMultiplePerNode: flag,
    hostNetwork: flag,
    modules: list(object({ name: text, enabled: flag, settings: object({ balancerMode: oneOf("", "crush-compat", "upmap", "read", "upmap-read") }) })),
  }),
  dashboard: object({ enabled: flag, ssl: flag, port, urlPrefix: text, prometheusEndpoint: text, prometheusEndpointSSLVerify: flag }),
  monitoring: object({
    enabled: flag,
    metricsDisabled: flag,
    interval: text,
    port,
    exporter: object({ hostNetwork: flag, perfCountersPrioLimit: whole, statsPeriodSeconds: whole, port: { type: "integer", format: "int32", minimum: 1, maximum: 65535 } }),
  }),
  network: object({
    provider: oneOf("", "host", "multus"),
    ipFamily: oneOf("IPv4", "IPv6"),
    dualStack: flag,
    selectors: mapOf(text),
    addressRanges: object({ public: list(cidr), cluster: list(cidr) }),
    connections: object({ requireMsgr2: flag, encryption: object({ enabled: flag }), compression: object({ enabled: flag }) }),
  }),
  crashCollector: object({ disable: flag, daysToRetain: whole }),
  logCollector: object({ enabled: flag, periodicity: oneOf("hourly", "daily", "weekly", "monthly", "1h", "24h", "1d"), maxLogSize: quantity }),
  csi: object({ readAffinity: object({ enabled: flag, crushLocationLabels: list(text) }), cephfs: object({ kernelMountOptions: text, fuseMountOptions: text }), skipUserCreation: flag }),
  cephConfig: mapOf(mapOf(text)),
  annotations: mapOf(mapOf(text)),
  labels: mapOf(mapOf(text)),
  placement: mapOf(placement),
  resources: mapOf(resources),
  priorityClassNames: mapOf(text),
  disruptionManagement: object({ managePodBudgets: flag, osdMaintenanceTimeout: whole, pgHealthCheckTimeout: whole, pgHealthyRegex: text }),
  healthCheck: object({
    daemonHealth: object({ mon: health, osd: health, status: health }),
    livenessProbe: mapOf(probe),
    startupProbe: mapOf(probe),
  }),
  security: object({
    cephx: object({ csi: object({ keyType }) }),
    keyRotation: object({ enabled: flag, schedule: text }),
    kms: object({ connectionDetails: mapOf(text), tokenSecretName: text }),
  }),
  storage: object({
    useAllNodes: flag,
    ...selection,
    nodes: list(object({ name: text, resources, ...selection })),
    storageClassDeviceSets: list(deviceSet),
    onlyApplyOSDPlacement: flag,
    allowDeviceClassUpdate: flag,
    allowOsdCrushWeightUpdate: flag,
    osdMaxUpdatesInParallel: { type: "integer", format: "int32", minimum: 1 },
    flappingRestartIntervalHours: whole,
    nearFullRatio: ratio,
    backfillFullRatio: ratio,
    fullRatio: ratio,
    scheduleAlways: flag,
    store: object({ type: oneOf("bluestore", "bluestore-rdr") }),
  }),
});

const poolFields = {
  failureDomain: text,
  deviceClass: text,
  crushRoot: text,
  application: text,
  compressionMode: oneOf("none", "passive", "aggressive", "force", ""),
  enableRBDStats: flag,
  enableCrushUpdates: flag,
  parameters: mapOf(text),
  quotas: object({ maxSize: { type: "string", pattern: "^[0-9]+[\\.]?[0-9]*([KMGTPE]i|[kMGTPE])?$" }, maxObjects: whole }),
  replicated: object({
    size: required({ type: "integer", minimum: 0 }),
    requireSafeReplicaSize: flag,
    targetSizeRatio: { type: "number", minimum: 0 },
    replicasPerFailureDomain: { type: "integer", minimum: 1 },
    subFailureDomain: text,
  }),
  erasureCoded: object({
    dataChunks: required({ type: "integer", minimum: 0 }),
    codingChunks: required({ type: "integer", minimum: 0 }),
    algorithm: oneOf("isa", "jerasure"),
  }),
};
const pool = object(poolFields);

const blockPool = object({ ...poolFields, name: oneOf(".rgw.root", ".nfs", ".mgr") });

const fileSystem = object({
  metadataPool: required(pool),
  dataPools: required(list(object({ name: text, ...poolFields }))),
  preserveFilesystemOnDelete: flag,
  preservePoolNames: flag,
  metadataServer: required(
    object({
      activeCount: required({ type: "integer", format: "int32", minimum: 1, maximum: 50 }),
      activeStandby: flag,
      cacheMemoryLimitFactor: ratio,
      cacheMemoryRequestFactor: ratio,
      annotations: mapOf(text),
      labels: mapOf(text),
      placement,
      resources,
      priorityClassName: text,
      livenessProbe: probe,
      startupProbe: probe,
    }),
  ),
});

const objectStore = object({
  metadataPool: pool,
  dataPool: pool,
  sharedPools: object({ metadataPoolName: text, dataPoolName: text, preserveRadosNamespaceDataOnDelete: flag }),
  preservePoolsOnDelete: flag,
  allowUsersInNamespaces: list(text),
  hosting: object({
    advertiseEndpoint: object({ dnsName: required({ type: "string", minLength: 1 }), port: required({ type: "integer", format: "int32", minimum: 1, maximum: 65535 }), useTls: required(flag) }),
    dnsNames: list(text),
  }),
  gateway: object({
    port: int32,
    securePort: { type: "integer", format: "int32", minimum: 0, maximum: 65535 },
    instances: int32,
    sslCertificateRef: text,
    caBundleRef: text,
    dashboardEnabled: flag,
    hostNetwork: flag,
    annotations: mapOf(text),
    labels: mapOf(text),
    placement,
    resources,
    priorityClassName: text,
    rgwConfig: mapOf(text),
    service: object({ annotations: mapOf(text), labels: mapOf(text) }),
  }),
  healthCheck: object({ readinessProbe: probe, startupProbe: probe }),
});

const capability = oneOf("*", "read", "write", "read, write");
const storeUser = object({
  store: text,
  displayName: text,
  clusterNamespace: text,
  quotas: object({ maxBuckets: whole, maxObjects: whole, maxSize: quantity }),
  capabilities: object({ bucket: capability, buckets: capability, metadata: capability, usage: capability, user: capability, users: capability, zone: capability }),
});

/** https://rook.io/docs/rook/v1.20/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/ */
const bucketClaim = object({ storageClassName: text, bucketName: text, generateBucketName: text, additionalConfig: anyObject });

export const rook: readonly ClosedKind[] = [
  { group, version: "v1", kind: "CephCluster", plural: "cephclusters", namespaced: true, schema: withSpec(cluster) },
  { group, version: "v1", kind: "CephBlockPool", plural: "cephblockpools", namespaced: true, schema: withSpec(blockPool) },
  { group, version: "v1", kind: "CephFilesystem", plural: "cephfilesystems", namespaced: true, schema: withSpec(fileSystem) },
  { group, version: "v1", kind: "CephObjectStore", plural: "cephobjectstores", namespaced: true, schema: withSpec(objectStore) },
  { group, version: "v1", kind: "CephObjectStoreUser", plural: "cephobjectstoreusers", namespaced: true, schema: withSpec(storeUser) },
  { group: "objectbucket.io", version: "v1alpha1", kind: "ObjectBucketClaim", plural: "objectbucketclaims", namespaced: true, schema: withSpec(bucketClaim) },
];
