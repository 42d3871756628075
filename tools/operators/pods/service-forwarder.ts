import { createConnection, createServer, type Server } from "node:net";
import { z } from "zod";
import type { RunningCluster } from "../../control-plane/cluster/start-cluster";

const service = z.looseObject({ spec: z.looseObject({ clusterIP: z.string(), ports: z.array(z.looseObject({ port: z.number() })).min(1) }) });

/**
 * Stands for kube-proxy: what comes to the first port of a Service's cluster address goes to a port of this machine.
 * So the API server calls webhooks by their Services, with the client configuration that is committed.
 */
export async function forwardService({ api }: RunningCluster, namespace: string, name: string, port: number): Promise<Server> {
  const { clusterIP, ports } = service.parse((await api.client.get({ apiVersion: "v1", kind: "Service", metadata: { namespace, name } }))).spec;
  const server = createServer((incoming) => {
    const outgoing = createConnection(port, "127.0.0.1");
    incoming.pipe(outgoing).pipe(incoming);
    // One side's end is the other's; that a webhook is not up yet is the API server's to tell.
    incoming.on("error", () => outgoing.destroy());
    outgoing.on("error", () => incoming.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(ports[0]!.port, clusterIP, resolve);
  });
  return server;
}
