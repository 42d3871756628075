import https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { Access } from "./access";
import { ApiError } from "./api-error";

/** How often a request is sent that the server asks to repeat: while it serves a new kind for the first time, for one. */
const ATTEMPTS = 15;

/** One request to an API server. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below the server, such as "/api/v1/namespaces". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** What came back from a request that succeeded. */
export interface ApiReply {
  readonly text: string;
  /** The texts of the Warning headers: deprecated versions, Pod Security, unknown fields. */
  readonly warnings: readonly string[];
}

/** Connections to one API server, kept open between requests. */
export class Connection {
  readonly #agent: https.Agent;

  constructor(private readonly access: Access) {
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: 32, ca: access.certificateAuthority });
  }

  /**
   * Sends a request; throws an {@link ApiError} for any status but 2xx. Asked to come back later, it does, and also where a
   * connection that was kept open is closed under it, as client-go.
   */
  async send(request: ApiRequest): Promise<ApiReply> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(request);
      } catch (cause) {
        if (!isWorthAnotherTry(cause) || attempt === ATTEMPTS) throw cause;
        await pause(1000);
      }
    }
  }

  #sendOnce(request: ApiRequest): Promise<ApiReply> {
    const url = new URL(request.path, this.access.server);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const headers: Record<string, string> = { authorization: `Bearer ${this.access.token}`, accept: request.accept ?? "application/json" };
    if (request.body !== undefined) headers["content-type"] = request.contentType ?? "application/json";
    return new Promise((resolve, reject) => {
      const outgoing = https.request(url, { method: request.method, agent: this.#agent, headers, timeout: 60_000 }, (incoming) => {
        const parts: string[] = [];
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => parts.push(part));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const text = parts.join("");
          const status = incoming.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve({ text, warnings: warningTexts(incoming.headersDistinct["warning"] ?? []) });
          else reject(ApiError.from(status, text));
        });
      });
      outgoing.on("timeout", () => outgoing.destroy(new Error(`${request.method} ${request.path}: no answer within 60 s`)));
      outgoing.on("error", reject);
      outgoing.end(request.body);
    });
  }

  /** Closes the connections that are open. */
  close(): void {
    this.#agent.destroy();
  }
}

/** Whether the same request may well succeed when it is sent once more. */
export function isWorthAnotherTry(cause: unknown): boolean {
  if (cause instanceof ApiError) return cause.status === 429;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ECONNRESET";
}

/** A Warning header is `299 - "text"`: https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
function warningTexts(headers: readonly string[]): readonly string[] {
  return headers.map((header) => (/^\d+ \S+ "(.*)"$/s.exec(header)?.[1] ?? header).replace(/\\(.)/g, "$1"));
}
