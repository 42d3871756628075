import { connect } from "node:tls";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";

/** The port of the entry point websecure, as committed. */
const TLS_PORT = 8443;

const ADDRESS_FLAG = "--providers.kubernetesingress.ingressendpoint.ip=";

/** Answers for every host of an Ingress, with the certificate that cert-manager has issued. */
export const traefik: Operator = {
  name: "traefik",
  parts: [{ workload: "traefik", program: "traefik", unknown: ["--accesslog.fields.queryparameters.defaultmode"] }],
  examine: async (cluster) => {
    const ingresses = committed(cluster, "Ingress");
    return [
      ...(await Promise.all(ingresses.map((ingress) => hasAddress(cluster, ingress)))),
      ...(await Promise.all(ingresses.flatMap((ingress) => hostsOf(ingress).map((host) => presentsCertificate(cluster, host))))),
      { says: "a host that no Ingress names gets no TLS connection", problems: await unknownHost() },
    ];
  },
};

async function hasAddress(cluster: LabCluster, ingress: KubernetesObject): Promise<Assertion> {
  const address = publishedAddress(cluster);
  const problems = await awaited(cluster, ingress, (object) => {
    const told = fieldOf(object, "status", "loadBalancer", "ingress");
    return Array.isArray(told) && told.some((entry) => fieldOf(entry, "ip") === address) ? undefined : `its status tells ${JSON.stringify(told)}`;
  });
  return { says: `${describeObject(ingress)} is told its address, ${address}`, problems };
}

/** The address that Traefik's arguments say. */
function publishedAddress(cluster: LabCluster): string {
  const deployment = committed(cluster, "Deployment").find(({ metadata }) => metadata.name === "traefik");
  const containers = fieldOf(deployment, "spec", "template", "spec", "containers");
  const args = Array.isArray(containers) ? fieldOf(containers[0], "args") : undefined;
  const flag = Array.isArray(args) ? args.map(String).find((word) => word.startsWith(ADDRESS_FLAG)) : undefined;
  return flag?.slice(ADDRESS_FLAG.length) ?? "";
}

function hostsOf(ingress: KubernetesObject): readonly string[] {
  const tls = fieldOf(ingress, "spec", "tls");
  return Array.isArray(tls) ? tls.flatMap((entry) => fieldOf(entry, "hosts") ?? []).map(String) : [];
}

async function presentsCertificate(cluster: LabCluster, host: string): Promise<Assertion> {
  const problems = await awaitedOutcome(cluster.running.api.process.died, `a certificate for ${host}`, async () => {
    const authority = await authorityOf(cluster);
    return authority === undefined ? "the lab's authority has no certificate yet" : handshake(host, authority);
  });
  return { says: `https://${host} presents a certificate of the lab's own authority`, problems };
}

/** What the cluster signs with: a ClusterIssuer's Secret is where cert-manager runs. */
async function authorityOf(cluster: LabCluster): Promise<string | undefined> {
  const names = committed(cluster, "ClusterIssuer").flatMap((object) => fieldOf(object, "spec", "ca", "secretName") ?? []);
  const namespace = committed(cluster, "Deployment").find(({ metadata }) => metadata.name === "cert-manager")?.metadata.namespace;
  if (names.length !== 1 || namespace === undefined) throw new Error(`${String(names.length)} ClusterIssuers sign with a CA of the lab, and cert-manager is in ${String(namespace)}`);
  const secret = await cluster.running.api.client.get({ apiVersion: "v1", kind: "Secret", metadata: { name: String(names[0]), namespace } });
  const text = fieldOf(secret, "data", "tls.crt");
  return typeof text === "string" ? Buffer.from(text, "base64").toString("utf8") : undefined;
}

async function unknownHost(): Promise<readonly string[]> {
  const refusal = await handshake("nobody.example.org");
  return refusal === undefined || !/alert|unrecognized|handshake/i.test(refusal) ? [`the handshake ended with: ${refusal ?? "success"}`] : [];
}

/** Opens a TLS connection to Traefik for a host; returns why that fails. */
function handshake(host: string, authority?: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const trust = authority === undefined ? { rejectUnauthorized: false } : { ca: authority };
    const socket = connect({ host: "127.0.0.1", port: TLS_PORT, servername: host, ...trust }, () => {
      socket.end();
      resolve(undefined);
    });
    socket.on("error", ({ message }) => resolve(message));
  });
}
