import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { z } from "zod";
import type { Certificates } from "../cluster/certificates";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf, type ObjectReference } from "../kubernetes/object";
import { agreeable, aggregatedApi } from "./webhook-answer";
import { trusting, WEBHOOK_KINDS, webhookServices, type WebhookService } from "./webhook-configuration";

/** The certificate of the run that is valid for every webhook's Service. */
export const WEBHOOK_CERTIFICATE = "webhooks";

const clusterAddress = z.looseObject({ spec: z.looseObject({ clusterIP: z.string() }) });

const endpointSlice = z.looseObject({ endpoints: z.array(z.looseObject({ conditions: z.looseObject({ ready: z.boolean().optional() }).optional() })).nullish() });

const CONVERSIONS_EVERY = 4;

/**
 * Answers in place of a cluster's webhooks: listens at the address of each Service that the API server calls, as long as
 * pods are ready behind it, and agrees to everything; an aggregated API says what it has, and has nothing. Without, the
 * first custom resource would be refused, and discovery would never be whole.
 */
export class Webhooks {
  readonly #servers = new Map<string, Server>();
  #turn = 0;

  constructor(
    private readonly certificates: Certificates,
    private readonly cluster: RunningCluster,
    /** The definitions whose versions a webhook converts: all of them would be megabytes of schemas at every look. */
    private readonly conversions: readonly ObjectReference[],
  ) {}

  /** Looks which webhooks there are and whether somebody is behind them. */
  async follow(): Promise<void> {
    const { client } = this.cluster.api;
    const lists = await Promise.all(WEBHOOK_KINDS.map(([apiVersion, kind]) => client.list(apiVersion, kind)));
    const converting = await Promise.all(this.#due().map((definition) => client.get(definition)));
    const objects = [...lists.flat(), ...converting.filter((definition) => definition !== undefined)];
    const services = new Map<string, WebhookService>();
    for (const object of objects) {
      for (const service of webhookServices(object)) services.set(`${service.namespace}/${service.name}:${String(service.port)}`, service);
      const change = trusting(object, this.certificates.authority);
      if (change !== undefined) await client.patch(object, change);
    }
    for (const [name, service] of services) await this.#open(name, service);
  }

  /** Definitions are large, and nobody but us writes to this field of theirs: a look now and then will do. */
  #due(): readonly ObjectReference[] {
    this.#turn += 1;
    return this.#turn % CONVERSIONS_EVERY === 1 ? this.conversions : [];
  }

  /** The Services in whose place it has answered. */
  answered(): readonly string[] {
    return [...this.#servers.keys()];
  }

  /** Stops listening. */
  close(): void {
    for (const server of this.#servers.values()) server.close();
    this.#servers.clear();
  }

  async #open(name: string, service: WebhookService): Promise<void> {
    const isListening = this.#servers.has(name);
    const isReady = await this.#hasEndpoints(service);
    if (isListening && !isReady) {
      this.#servers.get(name)?.close();
      this.#servers.delete(name);
    }
    if (isListening || !isReady) return;
    const found = await this.cluster.api.client.get({ apiVersion: "v1", kind: "Service", metadata: service });
    const { clusterIP } = clusterAddress.parse(found).spec;
    this.#servers.set(name, await listen(this.certificates, clusterIP, service.port));
  }

  async #hasEndpoints({ namespace, name }: WebhookService): Promise<boolean> {
    const slices = await this.cluster.api.client.list("discovery.k8s.io/v1", "EndpointSlice", namespace);
    const own = slices.filter((slice) => fieldOf(slice, "metadata", "labels", "kubernetes.io/service-name") === name);
    return own.some((slice) => (endpointSlice.parse(slice).endpoints ?? []).some(({ conditions }) => conditions?.ready === true));
  }
}

function listen(certificates: Certificates, address: string, port: number): Promise<Server> {
  const tls = { cert: readFileSync(certificates.certificateFile(WEBHOOK_CERTIFICATE)), key: readFileSync(certificates.keyFile(WEBHOOK_CERTIFICATE)) };
  const server = createServer(tls, (request, response) => {
    if (request.method === "GET") {
      const answer = aggregatedApi(request.url ?? "");
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer));
      return;
    }
    const parts: string[] = [];
    request.setEncoding("utf8");
    request.on("data", (part: string) => parts.push(part));
    request.on("end", () => {
      try {
        response.setHeader("content-type", "application/json").end(JSON.stringify(agreeable(parts.join(""))));
      } catch (cause) {
        response.writeHead(400).end(String(cause));
      }
    });
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, address, () => resolve(server));
  });
}
