import { createServer } from "node:http";
import type { Made } from "../../../engine/model/makes";
import type { Release } from "../../../engine/model/release";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import type { LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaitedOutcome } from "./condition";
import { Browser } from "./jupyterhub-browser";
import { differences } from "./made";

const HUB = "http://127.0.0.1:8081";

/** The hub's and the proxy's Services, as its configuration names them. */
const SERVICES = ["jupyterhub.jupyterhub.svc.cluster.local", "jupyterhub-proxy.jupyterhub.svc.cluster.local"];

/** Where a person's server listens in its pod, KubeSpawner's default. */
const SERVER_PORT = 8888;

/** Where the hub sets the proxy's routes: proxyPorts.routes of apps/jupyterhub. */
const ROUTES_PORT = 8001;

/** Starts a server for whoever signs in; people's passwords are those that External Secrets has made. */
export const jupyterhub: Operator = {
  name: "jupyterhub",
  parts: [{ workload: "jupyterhub", program: "jupyterhub", named: true }],
  hosts: SERVICES,
  changes: [`its proxy is a stand-in that keeps routes, and what answers on port ${String(SERVER_PORT)} of people's pods is one as well`],
  prepare: standForNeighbours,
  examine: async (cluster) => {
    const release = cluster.releases.find(({ app }) => app.name === "jupyterhub")!;
    const people = release.site.lab.people.map(({ name }) => name);
    const assertions: Assertion[] = [];
    // One after the other: pods with a GPU have the labels of all.
    for (const [index, made] of release.makes.entries()) assertions.push(await spawns(cluster, release, made, people[index % people.length]!));
    return assertions;
  },
};

/** The proxy's routes (https://github.com/jupyterhub/configurable-http-proxy/tree/5.2.0#rest-api), and people's servers. */
async function standForNeighbours({ ending }: LabCluster): Promise<void> {
  const routes = new Map<string, unknown>();
  const proxy = createServer((request, response) => {
    const route = decodeURIComponent((request.url ?? "").replace(/^\/api\/routes/, ""));
    const parts: string[] = [];
    request.setEncoding("utf8").on("data", (part: string) => parts.push(part));
    request.on("end", () => {
      if (request.method === "POST") routes.set(route === "" ? "/" : route, JSON.parse(parts.join("")));
      if (request.method === "DELETE") routes.delete(route);
      response.writeHead(request.method === "GET" ? 200 : request.method === "POST" ? 201 : 204, { "content-type": "application/json" });
      response.end(request.method === "GET" ? JSON.stringify(Object.fromEntries(routes)) : undefined);
    });
  });
  const server = createServer((_, response) => response.writeHead(200, { "X-JupyterHub-Version": "5.5.0" }).end("{}"));
  await Promise.all([new Promise<void>((resolve) => proxy.listen(ROUTES_PORT, "127.0.0.1", resolve)), new Promise<void>((resolve) => server.listen(SERVER_PORT, "0.0.0.0", resolve))]);
  ending.addEventListener("abort", () => {
    proxy.close();
    server.close();
  });
}

/** A person signs in and starts the largest server of a kind; its pod is as declared; stopped, it goes. */
async function spawns(cluster: LabCluster, release: Release, made: Made, person: string): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  const says = `${person} starts a server, whose pod is the declared ${made.component} (labels, requests, node), and stops it`;
  const browser = new Browser(HUB, person, await passwordOf(cluster, release, person));
  const started = await awaitedOutcome(process.died, "the hub", async () => {
    await browser.signIn();
    return browser.start(profileFor(release, made));
  });
  if (started.length > 0) return { says, problems: started };
  const pods = async (): Promise<readonly KubernetesObject[]> =>
    (await client.list("v1", "Pod", release.namespace)).filter(({ metadata }) => metadata.annotations?.["hub.jupyter.org/username"] === person);
  const problems = await awaitedOutcome(process.died, `${person}'s pod`, async () => {
    const own = await pods();
    const misplaced = own.map((pod) => String(fieldOf(pod, "spec", "nodeName"))).find((node) => made.nodes !== undefined && !made.nodes.includes(node));
    return differences({ ...made, count: 1 }, own, [])[0] ?? (misplaced && `it runs on ${misplaced}`) ?? browser.notReady();
  });
  const stopped = await awaitedOutcome(process.died, `the end of ${person}'s pod`, async () => {
    await browser.stop();
    return (await pods()).length === 0 ? undefined : "it is still there";
  });
  return { says, problems: [...problems, ...stopped] };
}

async function passwordOf(cluster: LabCluster, release: Release, person: string): Promise<string> {
  const secret = await cluster.running.api.client.get({ apiVersion: "v1", kind: "Secret", metadata: { name: `${release.name}-password-${person}`, namespace: release.namespace } });
  const value = fieldOf(secret, "data", "value");
  if (typeof value !== "string") throw new Error(`${person} has no password`);
  return Buffer.from(value, "base64").toString("utf8");
}

/** The profile that asks for as much as was declared: apps/jupyterhub declares the largest of each kind. */
function profileFor(_release: Release, made: Made): string {
  return made.gpus === undefined ? "large-memory" : "gpu";
}
