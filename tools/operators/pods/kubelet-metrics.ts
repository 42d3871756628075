import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { z } from "zod";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import type { Stage } from "../run/lab-cluster";

/** The address of every node here, of those that nobody has: https://www.rfc-editor.org/rfc/rfc5737 */
export const NODE_ADDRESS = "192.0.2.1";

/** Where the first node's kubelet listens; each node has a port of its own. */
const FIRST_PORT = 18_250;

/** The certificate of the run that kubelets show. */
export const KUBELET_CERTIFICATE = "kubelets";

/**
 * Stands for what kubelets tell of themselves and of their pods, where KWOK tells nothing. As they do, it asks the API server
 * who the caller is and whether that one may: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
 */
export async function standForKubeletMetrics(stage: Stage): Promise<void> {
  const { client } = stage.running.api;
  for (const [index, { name }] of stage.running.under.nodes.entries()) {
    const port = FIRST_PORT + index;
    await listen(stage, name, port);
    const addresses = [{ type: "InternalIP", address: NODE_ADDRESS }, { type: "Hostname", address: name }];
    await client.patch({ apiVersion: "v1", kind: "Node", metadata: { name } }, { status: { addresses, daemonEndpoints: { kubeletEndpoint: { Port: port } } } }, "status");
  }
}

async function listen({ testbed, running, ending }: Stage, node: string, port: number): Promise<void> {
  const { certificates } = testbed;
  const started = Date.now();
  const { client } = running.api;
  const server = createServer({ cert: readFileSync(certificates.certificateFile(KUBELET_CERTIFICATE)), key: readFileSync(certificates.keyFile(KUBELET_CERTIFICATE)) }, (request, response) => {
    const answer = async (): Promise<string | undefined> => {
      const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
      if (!(await mayReadMetrics(running.api, token))) return undefined;
      const pods = (await client.list("v1", "Pod")).filter((pod) => fieldOf(pod, "spec", "nodeName") === node);
      return metricsOf(request.url ?? "", node, pods, started, Date.now());
    };
    answer().then(
      (text) => response.writeHead(text === undefined ? 403 : 200, { "content-type": "text/plain; version=0.0.4" }).end(text),
      (cause: unknown) => response.writeHead(500).end(String(cause)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, NODE_ADDRESS, resolve);
  });
  ending.addEventListener("abort", () => server.close());
}

const tokenReview = z.looseObject({ status: z.looseObject({ user: z.looseObject({ username: z.string().default("") }).default({ username: "" }) }) });
const accessReview = z.looseObject({ status: z.looseObject({ allowed: z.boolean() }) });

async function mayReadMetrics({ client }: Stage["running"]["api"], token: string): Promise<boolean> {
  const { user } = tokenReview.parse(await client.ask({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } })).status;
  if (user.username === "") return false;
  const resourceAttributes = { resource: "nodes", subresource: "metrics", verb: "get" };
  return accessReview.parse(await client.ask({ apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec: { user: user.username, resourceAttributes } })).status.allowed;
}

/** /metrics/resource, as https://kubernetes.io/docs/reference/instrumentation/node-metrics/; of the others only that they answer. */
export function metricsOf(path: string, node: string, pods: readonly KubernetesObject[], since: number, now: number): string {
  if (path !== "/metrics/resource") return `kubelet_node_name{node="${node}"} 1\n`;
  // A hundredth of a processor, and so much since it began.
  const used = ((now - since) / 100_000 + 1).toFixed(3);
  const containers = pods.flatMap((pod) => containersOf(pod).map((name) => `{container="${name}",namespace="${pod.metadata.namespace ?? ""}",pod="${pod.metadata.name}"}`));
  const each = (series: string, value: string): readonly string[] => containers.map((labels) => `${series}${labels} ${value}`);
  return [
    `node_cpu_usage_seconds_total ${used} ${String(now)}`,
    `node_memory_working_set_bytes 1e+09 ${String(now)}`,
    ...each("container_cpu_usage_seconds_total", `${used} ${String(now)}`),
    ...each("container_memory_working_set_bytes", `1e+07 ${String(now)}`),
    ...each("container_start_time_seconds", (since / 1000).toFixed(3)),
    "",
  ].join("\n");
}

function containersOf(pod: KubernetesObject): readonly string[] {
  const containers = fieldOf(pod, "spec", "containers");
  return Array.isArray(containers) ? containers.map((container) => String(fieldOf(container, "name"))) : [];
}
