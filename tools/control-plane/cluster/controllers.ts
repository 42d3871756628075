import { until } from "../processes/until";
import type { ApiServer } from "./api-server";
import type { Testbed } from "./testbed";

/** Starts a cluster's controller manager and scheduler; returns when new namespaces get what pods need. */
export async function startControllers({ processes, binaries, certificates }: Testbed, api: ApiServer): Promise<void> {
  const ours = ["--leader-elect=false", "--secure-port=0", "--profiling=false"];
  const manager = processes.start({
    name: `${api.cluster}-controller-manager`,
    program: binaries.upstream("kube-controller-manager"),
    args: [
      `--kubeconfig=${api.kubeconfig("controller-manager")}`,
      // Under RBAC its own user may do nothing: each controller acts as its ServiceAccount.
      "--use-service-account-credentials",
      // KWOK never turns a pod back to ready that the node controller gave up while the machine was busy or the API server away.
      "--node-monitor-grace-period=1h",
      `--service-account-private-key-file=${api.serviceAccountKey}`,
      `--root-ca-file=${certificates.authorityFile}`,
      ...ours,
    ],
  });
  processes.start({ name: `${api.cluster}-scheduler`, program: binaries.upstream("kube-scheduler"), args: [`--kubeconfig=${api.kubeconfig("scheduler")}`, ...ours] });
  await until({ what: `${api.cluster}'s controller manager`, timeoutSeconds: 90, signal: manager.died }, async () => {
    const needed = [
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "default", name: "default" } },
      { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "default", name: "kube-root-ca.crt" } },
    ];
    const found = await Promise.all(needed.map((object) => api.client.get(object)));
    return found.includes(undefined) ? undefined : true;
  });
}
