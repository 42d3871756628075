import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { gitSettings } from "../../../apps/argo-cd/config";
import { answers, pathsOf } from "../argocd/components";
import type { ApiServer } from "../cluster/api-server";
import type { Testbed } from "../cluster/testbed";
import { installDefinitions } from "../definitions/install-definitions";
import { readManifests } from "../manifests/manifest";
import { loopbackPorts } from "../processes/loopback-ports";
import { until } from "../processes/until";

/** Where it stands. */
export const argocdNamespace = "argocd";

const labels = { "app.kubernetes.io/part-of": "argocd" };
const named = (apiVersion: string, kind: string, name: string, rest: Readonly<Record<string, unknown>> = {}) => ({ apiVersion, kind, metadata: { name, namespace: argocdNamespace, labels }, ...rest });

/** It looks at git again soon: a refresh that is asked for while it looks is answered with what it saw. */
const quickly = { ARGOCD_RECONCILIATION_TIMEOUT: "10s", ARGOCD_RECONCILIATION_JITTER: "0s" };

/**
 * A real Argo CD with nothing around it, for the cluster that it stands on, as administrator: it is asked what it does with objects,
 * and not what it may. Returns when each part works: an ApplicationSet that finds nobody to read git for it asks again only after
 * three minutes (https://github.com/argoproj/argo-cd/blob/v3.5.7/applicationset/controllers/applicationset_controller.go).
 */
export async function startSmallArgoCd(testbed: Testbed, api: ApiServer): Promise<void> {
  const { processes, binaries } = testbed;
  await installDefinitions(api, readManifests(binaries.argocdDefinitions, ".").map(({ object }) => object));
  const settings = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: argocdNamespace } },
    named("v1", "ConfigMap", "argocd-cm"),
    named("v1", "ConfigMap", "argocd-rbac-cm"),
    named("v1", "Secret", "argocd-secret", { stringData: { "server.secretkey": randomBytes(32).toString("base64") } }),
  ];
  for (const object of settings) await api.client.apply(object);

  const [redis, repository, ...rest] = await loopbackPorts(6);
  const address = (port: number | undefined): string => `127.0.0.1:${String(port)}`;
  const kubeconfig = api.kubeconfig("admin");
  const gitconfig = path.join(processes.directory, "gitconfig");
  writeFileSync(gitconfig, gitSettings);
  const environment = { ...pathsOf(testbed, []), KUBECONFIG: kubeconfig, ARGOCD_FAKE_IN_CLUSTER: "true", ...quickly, GIT_CONFIG_GLOBAL: gitconfig };
  processes.start({ name: "plan-redis", program: binaries.testbed, args: ["redis", address(redis)] });
  const start = async (name: string, probe: string, ...args: readonly string[]): Promise<void> => {
    const running = processes.start({ name: `plan-${name}`, program: binaries.upstream("argocd"), args: [...args, "--loglevel=warn"], environment: { ...environment, ARGOCD_BINARY_NAME: name } });
    await until({ what: name, timeoutSeconds: 60, signal: running.died }, () => answers(probe));
  };
  await start("argocd-repo-server", `http://${address(rest[0])}/metrics`, "--address=127.0.0.1", `--port=${String(repository)}`, "--metrics-address=127.0.0.1", `--metrics-port=${String(rest[0])}`, `--redis=${address(redis)}`);
  await start("argocd-application-controller", `http://${address(rest[1])}/healthz`, `--kubeconfig=${kubeconfig}`, `--namespace=${argocdNamespace}`, `--repo-server=${address(repository)}`, `--redis=${address(redis)}`, `--metrics-port=${String(rest[1])}`);
  await start("argocd-applicationset-controller", `http://${address(rest[2])}/metrics`, `--kubeconfig=${kubeconfig}`, `--namespace=${argocdNamespace}`, `--argocd-repo-server=${address(repository)}`, `--metrics-addr=${address(rest[2])}`, `--probe-addr=${address(rest[3])}`, "--webhook-addr=127.0.0.1:0");
}
