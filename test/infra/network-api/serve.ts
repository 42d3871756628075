import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import { connected } from "../proxmox-api/listen";
import type { Certificate } from "../proxmox-api/certificate";

/** A call as it came: `/api/firewall/filter/apply`, with what was posted. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Serves answers as JSON over TLS on loopback. What is refused is still an answer: 401 where the credentials are wrong. */
export async function serve(
  { cert, key }: Certificate,
  admits: (call: Call) => boolean,
  answer: (call: Call) => unknown,
): Promise<{ readonly endpoint: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer({ cert, key }, (request, response) => {
    void bodyOf(request).then((text) => {
      const [path = ""] = (request.url ?? "").split("?");
      const body = text ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
      const call: Call = { method: request.method ?? "", path, authorization: request.headers.authorization ?? "", body };
      response.writeHead(admits(call) ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(admits(call) ? answer(call) : {}));
    });
  });
  const port = await connected(server);
  return { endpoint: `https://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
