import { createServer, type Server } from "node:https";
import { connected } from "./listen";
import { accessRoutes } from "./access";
import { clusterRoutes } from "./cluster";
import { firewallRoutes } from "./firewall";
import { machineRoutes } from "./machines";
import { networkRoutes } from "./network";
import { Refused, type Route } from "./route";
import { storageRoutes } from "./storage";
import type { Certificate } from "./certificate";

/** A stand-in for one Proxmox VE cluster: as much of its API as the stack's resources call, with the memory of a real one. */
export interface ProxmoxApi {
  readonly endpoint: string;
  /** Every change that was asked for: `POST /nodes/pve-1/qemu`. */
  readonly changes: readonly string[];
  /** Calls that it does not know: a test that made one has proven nothing. */
  readonly unknown: readonly string[];
  /** What is there, by the path under which it is listed. */
  readonly count: (path: string) => number;
  readonly close: () => Promise<void>;
}

export const token = "terraform@pve!test=00000000-0000-0000-0000-000000000000";

export async function proxmoxApi(nodes: readonly string[], certificate: Certificate): Promise<ProxmoxApi> {
  const machines = machineRoutes();
  const routes = [
    ...clusterRoutes(nodes, machines.inPool),
    ...accessRoutes(),
    ...storageRoutes(),
    ...networkRoutes(nodes),
    ...firewallRoutes(),
    ...machines.routes,
  ];
  const changes: string[] = [];
  const unknown: string[] = [];
  const server: Server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, body } = answer(
        request.method ?? "",
        request.url ?? "",
        Buffer.concat(chunks).toString(),
        request.headers.authorization,
      );
      response.writeHead(status, body.reason, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  function answer(method: string, url: string, text: string, authorization: string | undefined) {
    const { pathname, searchParams } = new URL(url, "https://localhost");
    const path = pathname.replace(/^\/api2\/json/, "").replace(/\/$/, "");
    if (authorization !== `PVEAPIToken=${token}`) return { status: 401, body: { data: null, reason: "no such token" } };
    const form = Object.fromEntries([...searchParams, ...new URLSearchParams(text)]);
    const found = find(routes, method, path);
    if (!found) {
      unknown.push(`${method} ${path}`);
      return { status: 501, body: { data: null, reason: `no ${method} ${path} here` } };
    }
    if (method !== "GET") changes.push(`${method} ${path}`);
    try {
      return { status: 200, body: { data: found.route.answer({ form, in: found.in }) ?? null, reason: "OK" } };
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      return { status: problem.status, body: { data: null, reason: problem.message, message: problem.message } };
    }
  }

  const port = await connected(server);
  return {
    endpoint: `https://127.0.0.1:${port}/`,
    changes,
    unknown,
    count: (path) => {
      const listed = find(routes, "GET", path);
      const data = listed?.route.answer({ form: {}, in: listed.in });
      return Array.isArray(data) ? data.length : 0;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function find(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly in: Readonly<Record<string, string>> } | undefined {
  const parts = path.split("/").map(decodeURIComponent);
  for (const route of routes) {
    const wanted = route.path.split("/");
    if (route.method !== method || wanted.length !== parts.length) continue;
    if (!wanted.every((part, index) => part.startsWith(":") || part === parts[index])) continue;
    return {
      route,
      in: Object.fromEntries(wanted.flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), parts[index] ?? ""]] : []))),
    };
  }
  return undefined;
}
