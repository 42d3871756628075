import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { programPath, type Program } from "../../programs";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { serviceAccountFiles } from "../../control-plane/pods/service-account-files";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome, unlessTrue } from "./condition";
import { generated, generatedRules, untold } from "./generated-configuration";
import { madeAsDeclared } from "./made";

const run = promisify(execFile);

const ACCOUNT_FILES = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Makes Prometheus and Alertmanager, and their configuration of what every release wants watched. */
export const prometheusOperator: Operator = {
  name: "prometheus-operator",
  parts: [{ workload: "prometheus-operator", program: "prometheus-operator", flags: { "--web.listen-address": "127.0.0.1:18300" } }],
  excuses: [{ permission: { group: "", resource: "events" }, because: "0.85.0 writes events of the core group, 0.95.0 of events.k8s.io" }],
  changes: [`in the generated configuration, ${ACCOUNT_FILES} and the folder of the rules are replaced, for promtool looks whether files are there`],
  examine: async (cluster) => [
    ...(await Promise.all(["Prometheus", "Alertmanager"].flatMap((kind) => committed(cluster, kind).map((object) => isAvailable(cluster, object))))),
    ...(await madeAsDeclared(cluster, "prometheus")),
    ...(await madeAsDeclared(cluster, "alertmanager")),
    ...(await Promise.all(committed(cluster, "Prometheus").map((object) => passesPromtool(cluster, object)))),
    ...(await Promise.all(committed(cluster, "Alertmanager").map((object) => passesAmtool(cluster, object)))),
  ],
};

async function isAvailable(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  const problems = await awaited(cluster, object, (found) => unlessTrue("Available")(found) ?? unlessTrue("Reconciled")(found));
  return { says: `${describeObject(object)} is reconciled and available`, problems };
}

/** Secrets and ConfigMaps are named as in pkg/prometheus and pkg/operator of prometheus-operator 0.85. */
async function passesPromtool(cluster: LabCluster, { metadata }: KubernetesObject): Promise<Assertion> {
  const { testbed, running } = cluster;
  const { name, namespace = "" } = metadata;
  const directory = path.join(testbed.processes.directory, "generated", namespace, name);
  const rules = path.join(directory, "rules");
  mkdirSync(rules, { recursive: true });
  const account = await serviceAccountFiles(testbed, running, namespace, name);
  const problems = await awaitedOutcome(running.api.process.died, `the configuration of Prometheus ${name}`, async () => {
    const text = await generated(cluster, namespace, `prometheus-${name}`, "prometheus.yaml.gz");
    const files = await generatedRules(cluster, namespace, name);
    for (const { file, content } of files) writeFileSync(path.join(rules, file), content);
    const config = path.join(directory, "prometheus.yaml");
    writeFileSync(config, text.replaceAll(ACCOUNT_FILES, account).replace(/\/etc\/prometheus\/rules\/prometheus-[a-z0-9-]+-rulefiles-\d+/g, rules));
    return untold(cluster, text, files.map(({ content }) => content).join("\n")) ?? complaint("promtool", ["check", "config", config]);
  });
  return { says: `Prometheus ${namespace}/${name} is given every committed target and rule, and promtool accepts it`, problems };
}

async function passesAmtool(cluster: LabCluster, { metadata }: KubernetesObject): Promise<Assertion> {
  const { testbed, running } = cluster;
  const { name, namespace = "" } = metadata;
  const file = path.join(testbed.processes.directory, `alertmanager-${name}.yaml`);
  const problems = await awaitedOutcome(running.api.process.died, `the configuration of Alertmanager ${name}`, async () => {
    const text = await generated(cluster, namespace, `alertmanager-${name}-generated`, "alertmanager.yaml.gz");
    writeFileSync(file, text);
    const receivers = committed(cluster, "AlertmanagerConfig").flatMap((object) => {
      const all = fieldOf(object, "spec", "receivers");
      return Array.isArray(all) ? all.map((receiver) => String(fieldOf(receiver, "name"))) : [];
    });
    const missing = receivers.find((receiver) => !text.includes(receiver));
    return missing === undefined ? complaint("amtool", ["check-config", file]) : `it has no receiver ${missing}`;
  });
  return { says: `Alertmanager ${namespace}/${name} is given every committed receiver, and amtool accepts it`, problems };
}

/** What a tool has against a file; nothing where it accepts it. */
async function complaint(program: Program, args: readonly string[]): Promise<string | undefined> {
  try {
    await run(programPath(program), [...args]);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
