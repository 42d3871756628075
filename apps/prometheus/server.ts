import type { Chart } from "cdk8s";
import {
  Prometheus,
  PrometheusSpecResourcesLimits,
  PrometheusSpecResourcesRequests,
  PrometheusSpecServiceDiscoveryRole,
  type PrometheusSpecAlertingAlertmanagers,
  type PrometheusSpecRemoteWrite,
} from "../../imports/prometheus-operator";
import type { VolumeGrant } from "../../engine/model/grants";
import { reference, type Image } from "../../engine/model/image";
import type { Bytes, Cpu, Duration } from "../../engine/model/quantity";
import { operatedBudget, operatedPodFields, type OperatedPods } from "../../engine/workload/operated-pods";
import { usable } from "./history";
import { ownToken } from "./kubernetes-targets";

interface Server {
  readonly name: string;
  readonly account: string;
  readonly settings: {
    readonly image: Image;
    readonly replicas: number;
    readonly space: Bytes;
    readonly retention: Duration;
    readonly scrapeInterval: Duration;
    readonly cpu: Cpu;
    readonly memory: Bytes;
  };
  readonly externalUrl: string;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly volume: VolumeGrant;
  readonly pods: OperatedPods;
  readonly alertmanagers: readonly PrometheusSpecAlertingAlertmanagers[];
  readonly remoteWrite: readonly PrometheusSpecRemoteWrite[];
}

/** The custom resource that the operator makes a StatefulSet of, with its pods as safe as those that apps write themselves. */
export function server(chart: Chart, { name, account, settings, volume, pods, ...rest }: Server): void {
  const everything = {};
  new Prometheus(chart, "prometheus", {
    metadata: { name },
    spec: {
      image: reference(settings.image),
      version: settings.image.tag.replace(/-.*$/, ""),
      replicas: settings.replicas,
      externalUrl: rest.externalUrl,
      externalLabels: { ...rest.externalLabels },
      scrapeInterval: settings.scrapeInterval,
      evaluationInterval: settings.scrapeInterval,

      // What an app wants watched stands in its own namespace, and no label need admit it.
      serviceMonitorSelector: everything,
      serviceMonitorNamespaceSelector: everything,
      podMonitorSelector: everything,
      podMonitorNamespaceSelector: everything,
      probeSelector: everything,
      probeNamespaceSelector: everything,
      scrapeConfigSelector: everything,
      scrapeConfigNamespaceSelector: everything,
      ruleSelector: everything,
      ruleNamespaceSelector: everything,
      serviceDiscoveryRole: PrometheusSpecServiceDiscoveryRole.ENDPOINT_SLICE,
      scrapeClasses: [ownToken],
      ...(rest.alertmanagers.length ? { alerting: { alertmanagers: rest.alertmanagers } } : {}),
      ...(rest.remoteWrite.length ? { remoteWrite: rest.remoteWrite } : {}),

      retention: settings.retention,
      retentionSize: retentionSizeOf(settings.space),
      storage: {
        volumeClaimTemplate: {
          spec: { accessModes: volume.accessModes, storageClassName: volume.storageClassName, resources: { requests: { storage: volume.size } } },
        },
      },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },

      serviceAccountName: account,
      podMetadata: { labels: { ...pods.labels } },
      resources: {
        requests: { cpu: PrometheusSpecResourcesRequests.fromString(settings.cpu), memory: PrometheusSpecResourcesRequests.fromString(settings.memory) },
        limits: { memory: PrometheusSpecResourcesLimits.fromString(settings.memory) },
      },
      ...operatedPodFields(pods),
    },
  });
  operatedBudget(chart, name, pods);
}

const retentionSizeOf = (space: Bytes): string => `${Math.floor(usable(space) / 2 ** 20)}MiB`;
