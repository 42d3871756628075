import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi, maybe, nodes, precious, rebuildable, templated } from "../../engine/model/needs";
import { bytes, bytesFrom, bytesOf, cpu, duration, milliCpuOf } from "../../engine/model/quantity";
import { Account } from "../../engine/workload/account";
import { alertmanagerOf } from "./alerting";
import { tooLittleSpace } from "./history";
import { scrapeKubernetes } from "./kubernetes-targets";
import { remoteWriteOf, remoteWritePeer, remoteWriteSecret, remoteWriteSetting } from "./remote-write";
import { rulesOf } from "./rules";
import { ownSeries, kubernetesSeries } from "./series";
import { server } from "./server";

const labelsOf = (name: string) => ({ "app.kubernetes.io/name": "prometheus", "app.kubernetes.io/instance": name, "app.kubernetes.io/component": "prometheus" });

/** Keeps what every app tells of itself for a while, evaluates the rules that apps bring, and answers questions about it. */
export const prometheus = defineApp({
  name: "prometheus",
  priority: "platform",
  crds: ["prometheus-operator"],

  settings: z.object({
    image: imageSetting.default(image("quay.io/prometheus/prometheus", "v3.14.0-distroless")),
    replicas: z.int().min(1).max(3).default(1),
    /** Its volume; when 85% of it is used, the oldest data goes, whatever `retention` says. */
    space: bytes.default("20Gi"),
    /** History cannot be had again, though most labs can do without: `precious` backs it up. */
    worth: z.enum(["precious", "rebuildable"]).default("rebuildable"),
    retention: duration.default("15d"),
    scrapeInterval: duration.default("30s"),
    /** How many time series its volume must hold the history of; an alert tells when there are more (prometheus_tsdb_head_series). */
    series: z.int().positive().default(100_000),
    cpu: cpu.default("200m"),
    /** Grows with the number of series (prometheus_tsdb_head_series), and is highest while it reads its log at a start. */
    memory: bytes.default("1Gi"),
    remoteWrite: remoteWriteSetting.default({ to: "nobody" }),
  }),

  needs: ({ settings }) => ({
    stores: { data: templated(settings.worth === "precious" ? precious(settings.space) : rebuildable(settings.space)) },
    secrets: remoteWriteSecret(settings.remoteWrite),
    exposes: { web: { port: 9090, scheme: "http", reach: "lan", speaks: "prometheus" } },
    talksTo: {
      kubernetes: kubernetesApi(),
      kubelets: nodes(10250),
      alertmanager: maybe("alertmanager"),
      ...remoteWritePeer(settings.remoteWrite),
    },
    watches: {
      metrics: { web: { port: 9090, series: ownSeries } },
      scrapes: kubernetesSeries,
      rules: rulesOf({ remoteWrite: settings.remoteWrite.to !== "nobody", series: settings.series }),
    },
  }),

  check: tooLittleSpace,

  makes: ({ name, settings }) => [
    {
      component: "prometheus",
      // The first two are the operator's own, makeSelectorLabels in its pkg/prometheus/server; the third comes from podMetadata.
      labels: labelsOf(name),
      count: settings.replicas,
      // With the configuration reloader beside it, at the operator's defaults.
      requests: { cpu: `${milliCpuOf(settings.cpu) + 10}m`, memory: bytesFrom(bytesOf(settings.memory) + bytesOf("50Mi")) },
      architectures: settings.image.architectures,
      images: [settings.image],
      claims: { data: Array.from({ length: settings.replicas }, (_, replica) => `prometheus-${name}-db-prometheus-${name}-${replica}`) },
    },
  ],

  build(chart, { name, settings, site, grants }) {
    const { alertmanager, remoteWrite } = grants.talksTo;
    const account = new Account(chart, "prometheus", {
      documented: "the audit log of a real run (npm run e2e:operators); narrower than https://prometheus-operator.dev/docs/platform/rbac/, for Prometheus with endpoint slices; kubelets answer to nodes/metrics",
      cluster: [
        { resources: ["nodes", "pods", "services"], verbs: ["list", "watch"], because: "it finds its targets by these, and labels what they say" },
        { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"], because: "it finds its targets by these" },
        { resources: ["nodes/metrics"], verbs: ["get"], because: "kubelets answer to who may read these" },
        { urls: ["/metrics"], verbs: ["get"], because: "the API server's own metrics" },
      ],
    });
    server(chart, {
      name,
      account: account.name,
      settings,
      externalUrl: grants.exposes.web.url,
      externalLabels: { cluster: site.cluster.name, environment: site.cluster.environment },
      volume: grants.stores.data,
      pods: { grant: grants.pods, labels: labelsOf(name), replicas: settings.replicas, architectures: settings.image.architectures },
      alertmanagers: alertmanager ? [alertmanagerOf(alertmanager, grants.exposes.web)] : [],
      remoteWrite: remoteWriteOf(settings.remoteWrite, remoteWrite, grants.secrets.remoteWrite),
    });
    scrapeKubernetes(chart, name, site.cluster.distribution);
  },
});
