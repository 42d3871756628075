import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { expanded } from "../../control-plane/pods/container-environment";
import { until } from "../../control-plane/processes/until";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator, Part } from "../run/operator";
import { rootOf } from "../run/start-operator";
import { awaitedOutcome } from "./condition";
import { generated, generatedRules, ruleGroups, untold } from "./generated-configuration";
import { prometheusOperator } from "./prometheus-operator";
import { textOf } from "./text-of";

const PORT = "18500";

/** The one Prometheus of a cluster, as apps/prometheus names it. */
const NAME = "prometheus";

const part: Part = { workload: `prometheus-${NAME}`, kind: "StatefulSet", madeIn: NAME, program: "prometheus", flags: { "--web.listen-address": `127.0.0.1:${PORT}` } };

/** Finds what there is to watch, under its own account and with the configuration that prometheus-operator has written. */
export const prometheus: Operator = {
  name: "prometheus",
  parts: [part],
  needs: [prometheusOperator],
  changes: [
    "the test does the config-reloader's work: it unpacks the configuration, once it is whole",
    "of its targets the API server answers, found as an endpoint that the test gives to the Service kubernetes, and what stands for kubelets",
  ],
  prepare: async (cluster) => {
    await giveEndpoint(cluster);
    await unpackConfiguration(cluster);
  },
  examine: async (cluster) => [await findsTargets(cluster), await scrapes(cluster), await findsAlertmanagers(cluster), await hasRules(cluster), await nothingFails(cluster)],
};

/** API servers here are no members of their own Service: what forwards to them is. */
async function giveEndpoint({ running }: LabCluster): Promise<void> {
  const { client, inside } = running.api;
  const metadata = { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } };
  const endpoints = [{ addresses: [inside.address], conditions: { ready: true } }];
  const slice: KubernetesObject = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata, addressType: "IPv4", ports: [{ name: "https", port: inside.port, protocol: "TCP" }], endpoints };
  await client.apply(slice);
}

/** File names and variables are those of the StatefulSet: pkg/prometheus/server and pkg/operator/config_reloader.go of prometheus-operator 0.85. */
async function unpackConfiguration(cluster: LabCluster): Promise<void> {
  const directory = path.join(rootOf(cluster, part), "etc/prometheus/config_out");
  mkdirSync(directory, { recursive: true });
  await until({ what: "the whole configuration of Prometheus", timeoutSeconds: 90, everyMilliseconds: 1000, signal: cluster.running.api.process.died }, async () => {
    const text = await generated(cluster, NAME, `prometheus-${NAME}`, "prometheus.yaml.gz");
    const rules = await generatedRules(cluster, NAME, NAME);
    const missing = untold(cluster, text, rules.map(({ content }) => content).join("\n"));
    if (missing !== undefined) throw new Error(missing);
    writeFileSync(path.join(directory, "prometheus.env.yaml"), expanded(text, { POD_NAME: `prometheus-${NAME}-0`, SHARD: "0" }));
    return true;
  });
}

const answered = <T>(data: z.ZodType<T>) => z.object({ status: z.literal("success"), data });

async function ask<T>(route: string, data: z.ZodType<T>): Promise<T> {
  return answered(data).parse(JSON.parse(await textOf(`http://127.0.0.1:${PORT}/api/v1/${route}`))).data;
}

const targets = z.object({ activeTargets: z.array(z.looseObject({ scrapePool: z.string(), health: z.string(), lastError: z.string(), scrapeUrl: z.string() })) });

/** Every committed monitor that matches pods which run has targets. */
async function findsTargets(cluster: LabCluster): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, "the targets of Prometheus", async () => {
    const pools = (await ask("targets?state=active", targets)).activeTargets.map(({ scrapePool }) => scrapePool);
    const expected = await monitorsWithEndpoints(cluster);
    if (expected.length === 0) return "no ServiceMonitor matches anything";
    const missing = expected.find((pool) => !pools.some((each) => each.startsWith(`${pool}/`)));
    return missing && `${missing} has no target; there are ${[...new Set(pools)].join(", ") || "none"}`;
  });
  return { says: "Prometheus finds the pods behind every ServiceMonitor", problems };
}

/** Who answers here, and lets it: by name of the pool. */
const ANSWERING = ["serviceMonitor/prometheus/prometheus-apiserver/0", "scrapeConfig/prometheus/prometheus-kubelet", "scrapeConfig/prometheus/prometheus-cadvisor"];

/** Scraping with its own token, the API server and each node's kubelet let it. */
async function scrapes(cluster: LabCluster): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, "what Prometheus scrapes", async () => {
    const { activeTargets } = await ask("targets?state=active", targets);
    const answering = activeTargets.filter(({ scrapePool }) => ANSWERING.includes(scrapePool));
    const wanted = 1 + 2 * cluster.running.under.nodes.length;
    if (answering.length !== wanted) return `it has ${String(answering.length)} targets instead of ${String(wanted)}`;
    const down = answering.find(({ health }) => health !== "up");
    return down && `${down.scrapeUrl} is ${down.health}: ${down.lastError}`;
  });
  return { says: "Prometheus scrapes the API server and every kubelet with its own token", problems };
}

const monitor = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    namespaceSelector: z.looseObject({ matchNames: z.array(z.string()).optional(), any: z.boolean().optional() }).optional(),
  }),
});

async function monitorsWithEndpoints(cluster: LabCluster): Promise<readonly string[]> {
  const slices = await cluster.running.api.client.list("discovery.k8s.io/v1", "EndpointSlice");
  const filled = slices.filter((slice) => Array.isArray(fieldOf(slice, "endpoints")));
  return committed(cluster, "ServiceMonitor")
    .map((object) => monitor.parse(object))
    .filter(({ metadata, spec }) => {
      const namespaces = spec.namespaceSelector?.matchNames ?? [metadata.namespace];
      const matches = (slice: KubernetesObject): boolean =>
        namespaces.includes(slice.metadata.namespace ?? "") && Object.entries(spec.selector.matchLabels).every(([label, value]) => slice.metadata.labels?.[label] === value);
      return filled.some(matches);
    })
    .map(({ metadata }) => `serviceMonitor/${metadata.namespace}/${metadata.name}`);
}

async function findsAlertmanagers(cluster: LabCluster): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, "the Alertmanagers of Prometheus", async () => {
    const { activeAlertmanagers } = await ask("alertmanagers", z.object({ activeAlertmanagers: z.array(z.unknown()) }));
    return activeAlertmanagers.length > 0 ? undefined : "it has none to send alerts to";
  });
  return { says: "Prometheus finds the Alertmanagers that it sends to", problems };
}

async function hasRules(cluster: LabCluster): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, "the rules of Prometheus", async () => {
    const { groups } = await ask("rules", z.object({ groups: z.array(z.object({ name: z.string() })) }));
    const missing = ruleGroups(cluster).find((wanted) => !groups.some(({ name }) => name === wanted));
    return missing && `it has not loaded ${missing}`;
  });
  return { says: "Prometheus has loaded every committed rule", problems };
}

/** The series is of prometheus/discovery/kubernetes: a list or a watch that was refused or broke. */
async function nothingFails(cluster: LabCluster): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, "Prometheus' own metrics", async () => {
    const lines = (await textOf(`http://127.0.0.1:${PORT}/metrics`)).split("\n").filter((line) => line.startsWith("prometheus_sd_kubernetes_failures_total"));
    return lines.length === 0 ? "they do not tell of failures" : lines.find((line) => !line.endsWith(" 0"));
  });
  return { says: "no list or watch of Prometheus' has failed", problems };
}
