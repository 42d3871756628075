import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kubeconfig, type Access } from "../kubernetes/access";
import { KubernetesClient } from "../kubernetes/client";
import type { Running } from "../processes/processes";
import { until } from "../processes/until";
import { admissionConfiguration, auditPolicy } from "./api-server-policies";
import { FRONT_PROXY, type Testbed } from "./testbed";

/** Who the control plane's own parts are; each has a token in the API server's token file. */
const USERS = {
  admin: { user: "e2e-admin", groups: "system:masters" },
  "controller-manager": { user: "system:kube-controller-manager", groups: "" },
  scheduler: { user: "system:kube-scheduler", groups: "" },
  kwok: { user: "e2e-kwok", groups: "system:masters" },
} as const;

/** A user of the token file. */
export type ControlPlaneUser = keyof typeof USERS;

/** Where an API server listens. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** The CIDR of the cluster's Services. */
  readonly services: string;
}

/** One cluster's API server, ready. */
export interface ApiServer {
  readonly cluster: string;
  readonly endpoint: Endpoint;
  /** Where pods reach it: the address of the Service default/kubernetes. */
  readonly inside: Pick<Endpoint, "address" | "port">;
  readonly process: Running;
  /** As the administrator. */
  readonly client: KubernetesClient;
  /** One JSON event per line, for every request of the run. */
  readonly auditLog: string;
  /** The key that ServiceAccount tokens are signed with. */
  readonly serviceAccountKey: string;
  /** Access as one of its users. */
  access(user: ControlPlaneUser): Access;
  /** The same as a kubeconfig file. */
  kubeconfig(user: ControlPlaneUser): string;
}

/**
 * Starts a cluster's API server and waits until it is ready. Its users are known by token:
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file
 */
export async function startApiServer(testbed: Testbed, cluster: string, endpoint: Endpoint): Promise<ApiServer> {
  const { processes, certificates } = testbed;
  const directory = path.join(processes.directory, "clusters", cluster);
  mkdirSync(directory, { recursive: true });
  const file = (name: string): string => path.join(directory, name);
  const tokens = new Map(Object.keys(USERS).map((user) => [user, randomBytes(24).toString("base64url")]));
  const tokenOf = (user: string): string => tokens.get(user) ?? "";
  writeFileSync(file("tokens.csv"), Object.entries(USERS).map(([name, { user, groups }]) => `${tokenOf(name)},${user},${name},"${groups}"\n`).join(""));
  writeFileSync(file("service-account.key"), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }));
  writeFileSync(file("admission.json"), JSON.stringify(admissionConfiguration));
  writeFileSync(file("audit-policy.json"), JSON.stringify(auditPolicy));

  const server = `https://${endpoint.address}:${String(endpoint.port)}`;
  const process = processes.start({
    name: `${cluster}-apiserver`,
    program: testbed.binaries.upstream("kube-apiserver"),
    args: [
      `--etcd-servers=${testbed.etcd.url}`,
      `--etcd-prefix=/${cluster}`,
      `--bind-address=${endpoint.address}`,
      `--advertise-address=${endpoint.address}`,
      `--secure-port=${String(endpoint.port)}`,
      // It is no member of its own "kubernetes" Service: a loopback address may not be an endpoint.
      "--endpoint-reconciler-type=none",
      `--service-cluster-ip-range=${endpoint.services}`,
      "--authorization-mode=RBAC",
      "--allow-privileged",
      `--tls-cert-file=${certificates.certificateFile(cluster)}`,
      `--tls-private-key-file=${certificates.keyFile(cluster)}`,
      `--token-auth-file=${file("tokens.csv")}`,
      `--service-account-key-file=${file("service-account.key")}`,
      `--service-account-signing-key-file=${file("service-account.key")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--admission-control-config-file=${file("admission.json")}`,
      `--audit-policy-file=${file("audit-policy.json")}`,
      `--audit-log-path=${file("audit.log")}`,
      // An aggregated API believes what such a caller says of who asks: https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/
      `--requestheader-client-ca-file=${certificates.authorityFile}`,
      `--requestheader-allowed-names=${FRONT_PROXY}`,
      "--requestheader-username-headers=X-Remote-User",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      `--proxy-client-cert-file=${certificates.certificateFile(FRONT_PROXY)}`,
      `--proxy-client-key-file=${certificates.keyFile(FRONT_PROXY)}`,
      "--profiling=false",
    ],
  });

  const access = (user: ControlPlaneUser): Access => ({ server, certificateAuthority: certificates.authority, token: tokenOf(user) });
  const client = new KubernetesClient(access("admin"));
  await until({ what: `${cluster}'s API server to be ready`, timeoutSeconds: 90, signal: process.died }, () => client.ready());

  return {
    cluster,
    endpoint,
    inside: { address: firstAddress(endpoint.services), port: 443 },
    process,
    client,
    auditLog: file("audit.log"),
    serviceAccountKey: file("service-account.key"),
    access,
    kubeconfig: (user) => {
      writeFileSync(file(`${user}.kubeconfig`), kubeconfig(access(user)));
      return file(`${user}.kubeconfig`);
    },
  };
}

/** The first address of a CIDR of Services, which Kubernetes keeps for its own API. */
export function firstAddress(services: string): string {
  const [network = ""] = services.split("/");
  return network.replace(/\d+$/, (last) => String(Number(last) + 1));
}
