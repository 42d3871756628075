import { z } from "zod";
import type { Access } from "./access";
import { ApiError } from "./api-error";
import { Connection, type ApiReply } from "./connection";
import { discover, type Resource } from "./discovery";
import { describeObject, kubernetesObject, type KubernetesObject, type ObjectReference } from "./object";

/** Who owns the fields that we apply. */
const FIELD_MANAGER = "hearth-e2e";

/** How an object is applied. */
export interface ApplyOptions {
  readonly dryRun?: boolean;
  /** The object as it stands in its file: the server parses what is committed, duplicate keys included. */
  readonly text?: string;
}

const objectList = z.looseObject({ items: z.array(z.looseObject({ metadata: kubernetesObject.shape.metadata })) });

/** The few things that the tests do with an API server. */
export class KubernetesClient {
  readonly #connection: Connection;
  #served: ReadonlyMap<string, Resource> | undefined;

  constructor(access: Access) {
    this.#connection = new Connection(access);
  }

  /** Whether the server says it is ready. */
  async ready(): Promise<true> {
    await this.#connection.send({ method: "GET", path: "/readyz", accept: "*/*" });
    return true;
  }

  /** The server's version, such as "v1.36.3". */
  async version(): Promise<string> {
    const { text } = await this.#connection.send({ method: "GET", path: "/version" });
    return z.looseObject({ gitVersion: z.string() }).parse(JSON.parse(text)).gitVersion;
  }

  /** The kinds that are served, asked anew: after custom resource definitions were installed. */
  async rediscover(): Promise<ReadonlyMap<string, Resource>> {
    this.#served = await discover(this.#connection);
    return this.#served;
  }

  /** Whether a kind is served, as far as the last look goes. */
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (this.#served ?? (await this.rediscover())).has(`${apiVersion} ${kind}`);
  }

  /** Whether objects of a kind live in namespaces. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.#resource(apiVersion, kind)).namespaced;
  }

  /** Server-side apply with strict field validation, taking over conflicting fields; returns the server's warnings. */
  async apply(object: ObjectReference, options: ApplyOptions = {}): Promise<readonly string[]> {
    const reply = await this.#connection.send({
      method: "PATCH",
      path: await this.#path(object),
      query: { fieldManager: FIELD_MANAGER, fieldValidation: "Strict", force: "true", ...(options.dryRun === true ? { dryRun: "All" } : {}) },
      contentType: "application/apply-patch+yaml",
      body: options.text ?? JSON.stringify(object),
    });
    return reply.warnings;
  }

  /** The object as it is now; undefined when there is none. */
  async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    try {
      return parseObject(await this.#connection.send({ method: "GET", path: await this.#path(reference) }));
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 404) return undefined;
      throw cause;
    }
  }

  /** Every object of a kind, of one namespace or of all. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<readonly KubernetesObject[]> {
    const path = this.#collection(apiVersion, await this.#resource(apiVersion, kind), namespace);
    const { text } = await this.#connection.send({ method: "GET", path });
    // The items of a list leave out what the list says of them all.
    return objectList.parse(JSON.parse(text)).items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Changes some fields (a JSON merge patch), of the object or of a subresource such as "status". */
  async patch(reference: ObjectReference, change: unknown, subresource = ""): Promise<KubernetesObject> {
    const path = `${await this.#path(reference)}${subresource === "" ? "" : `/${subresource}`}`;
    return parseObject(await this.#connection.send({ method: "PATCH", path, contentType: "application/merge-patch+json", body: JSON.stringify(change) }));
  }

  /** Creates a subresource of an object, such as a ServiceAccount's "token"; returns what the server made. */
  async create(reference: ObjectReference, subresource: string, body: unknown): Promise<unknown> {
    const reply = await this.#connection.send({ method: "POST", path: `${await this.#path(reference)}/${subresource}`, body: JSON.stringify(body) });
    return JSON.parse(reply.text);
  }

  /** Sends an object that is only a question, such as a TokenReview; returns it with the server's answer. */
  async ask(question: { readonly apiVersion: string; readonly kind: string; readonly spec: unknown }): Promise<unknown> {
    const path = this.#collection(question.apiVersion, await this.#resource(question.apiVersion, question.kind), undefined);
    const reply = await this.#connection.send({ method: "POST", path, body: JSON.stringify(question) });
    return JSON.parse(reply.text);
  }

  /** Asks for an object's deletion; one that is not there is deleted already. */
  async delete(reference: ObjectReference): Promise<void> {
    try {
      await this.#connection.send({ method: "DELETE", path: await this.#path(reference) });
    } catch (cause) {
      if (!(cause instanceof ApiError && cause.status === 404)) throw cause;
    }
  }

  /** Closes its connections. */
  close(): void {
    this.#connection.close();
  }

  async #path(reference: ObjectReference): Promise<string> {
    const { apiVersion, kind, metadata } = reference;
    const resource = await this.#resource(apiVersion, kind);
    if (resource.namespaced && metadata.namespace === undefined) throw new ApiError(400, "BadRequest", `${describeObject(reference)} names no namespace`);
    return `${this.#collection(apiVersion, resource, resource.namespaced ? metadata.namespace : undefined)}/${encodeURIComponent(metadata.name)}`;
  }

  #collection(apiVersion: string, { plural }: Resource, namespace: string | undefined): string {
    return `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}/${namespace === undefined ? "" : `namespaces/${namespace}/`}${plural}`;
  }

  async #resource(apiVersion: string, kind: string): Promise<Resource> {
    // A kind that was not served when we last asked may have been defined since.
    const resource = this.#served?.get(`${apiVersion} ${kind}`) ?? (await this.rediscover()).get(`${apiVersion} ${kind}`);
    if (resource === undefined) throw new ApiError(404, "NotFound", `no ${kind} of ${apiVersion} is served: its CustomResourceDefinition is missing`);
    return resource;
  }
}

function parseObject({ text }: ApiReply): KubernetesObject {
  return kubernetesObject.parse(JSON.parse(text));
}
