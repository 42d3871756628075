import type { RunningCluster } from "../cluster/start-cluster";
import type { KubernetesObject } from "../kubernetes/object";
import { until } from "../processes/until";
import type { Assertion } from "./assertion";
import { podsRun } from "./workloads";

const namespace: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "hearth-e2e", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } };

const container = {
  name: "main",
  image: "registry.invalid/none:1",
  resources: { requests: { cpu: "100000" }, limits: { cpu: "100000" } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
};

const pod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { namespace: namespace.metadata.name, name: "needs-what-no-node-has" },
  spec: { containers: [container] },
};

/** The scheduler is a real one, and the look at the pods sees what it cannot place: otherwise "all pods run" would mean nothing. */
export async function unfitPodIsNamed(cluster: RunningCluster): Promise<Assertion> {
  const { client } = cluster.api;
  const says = `${cluster.under.name}: a pod that needs what no node has stays Pending and is named`;
  await client.apply(namespace);
  try {
    await until({ what: "the ServiceAccount of a new namespace", timeoutSeconds: 30 }, () => client.get({ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: namespace.metadata.name, name: "default" } }));
    await client.apply(pod);
    await until({ what: "the scheduler to refuse it", timeoutSeconds: 60 }, async () => {
      const { problems } = await podsRun(cluster);
      return problems.some((problem) => problem.includes(`${namespace.metadata.name}/${pod.metadata.name} is Pending: 0/`)) ? true : undefined;
    });
    return { says, problems: [] };
  } catch (cause) {
    return { says, problems: [cause instanceof Error ? cause.message : String(cause)] };
  } finally {
    await client.delete(pod);
    await client.delete(namespace);
  }
}
