import type { Chart } from "cdk8s";
import {
  ScrapeConfig,
  ScrapeConfigSpecMetricRelabelingsAction,
  ScrapeConfigSpecScheme,
  ServiceMonitor,
  ServiceMonitorSpecEndpointsMetricRelabelingsAction,
  ServiceMonitorSpecEndpointsScheme,
  type PrometheusSpecScrapeClasses,
  type ScrapeConfigSpecMetricRelabelings,
} from "../../imports/prometheus-operator";
import type { Distribution } from "../../engine/model/distribution";
import { nameOfSeries } from "../../engine/model/series";
import { kubernetesSeries } from "./series";

const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Scrapes with Prometheus' own token, and believes the cluster's own CA. */
export const ownToken: PrometheusSpecScrapeClasses = {
  name: "own-token",
  authorization: { credentialsFile: `${account}/token` },
  tlsConfig: { caFile: `${account}/ca.crt` },
};

/**
 * Kubelets, their containers (cAdvisor), and the API server. They are found as nodes and as the default Service: no one has to
 * keep a Service of kubelets, which the operator offers and which needs rights in kube-system.
 */
export function scrapeKubernetes(chart: Chart, name: string, distribution: Distribution): void {
  const verify = distribution.kubeletTls === "cluster-ca";
  scrapeNodes(chart, name, "kubelet", "/metrics", verify, []);
  scrapeNodes(chart, name, "cadvisor", "/metrics/cadvisor", verify, [withoutSlices, withoutPodTotals]);
  new ServiceMonitor(chart, "scrape-apiserver", {
    metadata: { name: `${name}-apiserver` },
    spec: {
      scrapeClass: ownToken.name,
      jobLabel: "component",
      namespaceSelector: { matchNames: ["default"] },
      selector: { matchLabels: { component: "apiserver", provider: "kubernetes" } },
      endpoints: [
        {
          port: "https",
          scheme: ServiceMonitorSpecEndpointsScheme.HTTPS,
          // Its certificate names the Service, whichever address it is reached at.
          tlsConfig: { serverName: "kubernetes.default.svc" },
          metricRelabelings: [{ sourceLabels: ["__name__"], action: ServiceMonitorSpecEndpointsMetricRelabelingsAction.KEEP, regex: kubernetesSeries.apiserver.map(nameOfSeries).join("|") }],
        },
      ],
    },
  });
}

function scrapeNodes(
  chart: Chart,
  name: string,
  job: "kubelet" | "cadvisor",
  metricsPath: string,
  verify: boolean,
  dropped: readonly ScrapeConfigSpecMetricRelabelings[],
): void {
  new ScrapeConfig(chart, `scrape-${job}`, {
    metadata: { name: `${name}-${job}` },
    spec: {
      jobName: job,
      scrapeClass: ownToken.name,
      scheme: ScrapeConfigSpecScheme.HTTPS,
      ...(verify ? {} : { tlsConfig: { insecureSkipVerify: true } }),
      metricsPath,
      kubernetesSdConfigs: [{ role: "Node" }],
      relabelings: [{ sourceLabels: ["__meta_kubernetes_node_name"], targetLabel: "node" }],
      // On k3s a server's kubelet serves everything that the API server does as well, some 80,000 series: k3s#12917.
      metricRelabelings: [{ sourceLabels: ["__name__"], action: ScrapeConfigSpecMetricRelabelingsAction.KEEP, regex: kubernetesSeries[job].map(nameOfSeries).join("|") }, ...dropped],
    },
  });
}

/** What cAdvisor counts for systemd's slices has no pod. */
const withoutSlices: ScrapeConfigSpecMetricRelabelings = {
  sourceLabels: ["__name__", "pod"],
  action: ScrapeConfigSpecMetricRelabelingsAction.DROP,
  regex: "container_.+;",
};

/** A pod's total has no container, and would be counted beside its containers. Only network is counted for the pod alone. */
const withoutPodTotals: ScrapeConfigSpecMetricRelabelings = {
  sourceLabels: ["__name__", "container"],
  action: ScrapeConfigSpecMetricRelabelingsAction.DROP,
  regex: "container_(cpu|fs|memory|oom|spec)_.+;",
};
