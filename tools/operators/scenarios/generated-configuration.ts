import { gunzipSync } from "node:zlib";
import { fieldOf } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";

/** A file that prometheus-operator has written into a Secret, compressed; throws where it is not there yet. */
export async function generated({ running }: LabCluster, namespace: string, secret: string, key: string): Promise<string> {
  const found = await running.api.client.get({ apiVersion: "v1", kind: "Secret", metadata: { name: secret, namespace } });
  const data = fieldOf(found, "data", key);
  if (typeof data !== "string") throw new Error(`Secret ${namespace}/${secret} has no ${key}`);
  return gunzipSync(Buffer.from(data, "base64")).toString("utf8");
}

/** The rule files that it has made for one Prometheus, by name. */
export async function generatedRules({ running }: LabCluster, namespace: string, name: string): Promise<readonly { readonly file: string; readonly content: string }[]> {
  const maps = (await running.api.client.list("v1", "ConfigMap", namespace)).filter((map) => map.metadata.labels?.["prometheus-name"] === name);
  return maps.flatMap((map) => Object.entries(fieldOf(map, "data") ?? {}).map(([file, content]) => ({ file, content: String(content) })));
}

/** What is committed and not in the configuration; jobs are called kind/namespace/name. */
export function untold(cluster: Pick<LabCluster, "objects">, text: string, rules: string): string | undefined {
  const jobs = [["ServiceMonitor", "serviceMonitor"], ["PodMonitor", "podMonitor"], ["ScrapeConfig", "scrapeConfig"]] as const;
  const targets = jobs.flatMap(([kind, word]) => committed(cluster, kind).map(({ metadata }) => `${word}/${metadata.namespace ?? ""}/${metadata.name}`));
  const target = targets.find((job) => !text.includes(`job_name: ${job}`));
  if (target !== undefined) return `it does not scrape ${target}`;
  const group = ruleGroups(cluster).find((name) => !rules.includes(`name: ${name}`));
  return group === undefined ? undefined : `it has no rule group ${group}`;
}

/** The names of all committed groups of rules. */
export function ruleGroups(cluster: Pick<LabCluster, "objects">): readonly string[] {
  return committed(cluster, "PrometheusRule").flatMap((object) => {
    const all = fieldOf(object, "spec", "groups");
    return Array.isArray(all) ? all.map((group) => String(fieldOf(group, "name"))) : [];
  });
}
