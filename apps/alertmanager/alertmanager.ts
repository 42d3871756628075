import { ApiObject } from "cdk8s";
import { z } from "zod";
import { Alertmanager, AlertmanagerSpecResourcesLimits, AlertmanagerSpecResourcesRequests } from "../../imports/prometheus-operator";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting, reference } from "../../engine/model/image";
import { component, rebuildable, templated } from "../../engine/model/needs";
import { bytes, bytesFrom, bytesOf, cpu, duration, milliCpuOf } from "../../engine/model/quantity";
import { operatedBudget, operatedPodFields } from "../../engine/workload/operated-pods";
import { configurationOf } from "./configuration";
import { heartbeatSetting, peersOf, receiversSetting, secretsOf } from "./receiver";
import { rulesOf, series } from "./rules";

const labelsOf = (name: string) => ({ "app.kubernetes.io/name": "alertmanager", "app.kubernetes.io/instance": name, "app.kubernetes.io/component": "alertmanager" });

/** Groups alerts, leaves out what a worse one implies, and tells whoever should hear them. */
export const alertmanager = defineApp({
  name: "alertmanager",
  priority: "platform",
  crds: ["prometheus-operator"],

  settings: z.object({
    image: imageSetting.default(image("quay.io/prometheus/alertmanager", "v0.34.0")),
    /** Two or more agree on what was sent; they need as many nodes. */
    replicas: z.int().min(1).max(3).default(1),
    receivers: receiversSetting.default([]),
    heartbeat: heartbeatSetting.optional(),
    /** When an alert that goes on is told again. */
    repeat: z.strictObject({ critical: duration, others: duration }).default({ critical: "4h", others: "24h" }),
    /** Silences and what was sent: without it, everything is told once more. */
    space: bytes.default("1Gi"),
    cpu: cpu.default("10m"),
    memory: bytes.default("64Mi"),
  }),

  needs: ({ settings: { replicas, receivers, heartbeat, space } }) => ({
    stores: { data: templated(rebuildable(space)) },
    secrets: secretsOf(receivers, heartbeat),
    exposes: { web: { port: 9093, scheme: "http", reach: "lan", speaks: "alertmanager" } },
    talksTo: {
      ...peersOf(receivers, heartbeat),
      ...(replicas > 1
        ? {
            "gossip-tcp": component("alertmanager", 9094, { from: "alertmanager" }),
            "gossip-udp": component("alertmanager", 9094, { from: "alertmanager", protocol: "UDP" }),
          }
        : {}),
    },
    watches: { metrics: { web: { port: 9093, series } }, rules: rulesOf({ replicas }) },
  }),

  makes: ({ name, settings }) => [
    {
      component: "alertmanager",
      // The first two are the operator's own, makeSelectorLabels in its pkg/alertmanager; the third comes from podMetadata.
      labels: labelsOf(name),
      count: settings.replicas,
      // With the configuration reloader beside it, at the operator's defaults.
      requests: { cpu: `${milliCpuOf(settings.cpu) + 10}m`, memory: bytesFrom(bytesOf(settings.memory) + bytesOf("50Mi")) },
      architectures: settings.image.architectures,
      images: [settings.image],
      claims: { data: Array.from({ length: settings.replicas }, (_, replica) => `alertmanager-${name}-db-alertmanager-${name}-${replica}`) },
    },
  ],

  build(chart, { name, settings, grants }) {
    const { data } = grants.stores;
    const pods = { grant: grants.pods, labels: labelsOf(name), replicas: settings.replicas, architectures: settings.image.architectures };
    new ApiObject(chart, "configuration", {
      apiVersion: "monitoring.coreos.com/v1alpha1",
      kind: "AlertmanagerConfig",
      metadata: { name },
      spec: configurationOf({ ...settings, secret: (need) => granted(grants.secrets[need], need) }),
    });
    new Alertmanager(chart, "alertmanager", {
      metadata: { name },
      spec: {
        image: reference(settings.image),
        version: settings.image.tag.replace(/-.*$/, ""),
        replicas: settings.replicas,
        externalUrl: grants.exposes.web.url,
        // As the whole configuration: one that the operator refuses leaves the last good one in force.
        alertmanagerConfiguration: { name },
        storage: {
          volumeClaimTemplate: {
            spec: { accessModes: data.accessModes, storageClassName: data.storageClassName, resources: { requests: { storage: data.size } } },
          },
        },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        automountServiceAccountToken: false,
        podMetadata: { labels: pods.labels },
        resources: {
          requests: { cpu: AlertmanagerSpecResourcesRequests.fromString(settings.cpu), memory: AlertmanagerSpecResourcesRequests.fromString(settings.memory) },
          limits: { memory: AlertmanagerSpecResourcesLimits.fromString(settings.memory) },
        },
        ...operatedPodFields(pods),
      },
    });
    operatedBudget(chart, name, pods);
  },
});

function granted<T>(grant: T | undefined, need: string): T {
  if (grant === undefined) throw new Error(`alertmanager asked for no secret ${need}`);
  return grant;
}
