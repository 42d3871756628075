import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kubeconfig, type Access } from "../kubernetes/access";
import { KubernetesClient } from "../kubernetes/client";
import { loopbackPort } from "../processes/loopback-ports";
import type { Processes, Running } from "../processes/processes";
import { until } from "../processes/until";
import { admissionConfiguration, auditPolicy } from "./api-server-policies";
import type { Etcd } from "./etcd";

/** Who the control plane's own parts are; each has a token in the API server's token file. */
const USERS = {
  admin: { user: "e2e-admin", groups: "system:masters" },
  "controller-manager": { user: "system:kube-controller-manager", groups: "" },
  scheduler: { user: "system:kube-scheduler", groups: "" },
  kwok: { user: "e2e-kwok", groups: "system:masters" },
} as const;

/** A user of the token file. */
export type ControlPlaneUser = keyof typeof USERS;

/** One cluster's API server, ready. */
export interface ApiServer {
  readonly cluster: string;
  readonly url: string;
  readonly process: Running;
  /** As the administrator. */
  readonly client: KubernetesClient;
  /** One JSON event per line, for every request of the run. */
  readonly auditLog: string;
  /** The key that ServiceAccount tokens are signed with. */
  readonly serviceAccountKey: string;
  readonly certificateAuthorityFile: string;
  access(user: ControlPlaneUser): Access;
  /** Access with another token, such as a ServiceAccount's. */
  accessWith(token: string): Access;
  /** A kubeconfig file for one of its users. */
  kubeconfig(user: ControlPlaneUser): string;
}

/**
 * Starts a cluster's API server and waits until it is ready.
 * It makes its own serving certificate and knows its users by token, so that no other certificate is needed:
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file
 */
export async function startApiServer(processes: Processes, binaries: string, etcd: Etcd, cluster: string): Promise<ApiServer> {
  const directory = path.join(processes.directory, cluster);
  mkdirSync(directory);
  const file = (name: string): string => path.join(directory, name);
  const tokens = Object.fromEntries(Object.keys(USERS).map((user) => [user, randomBytes(24).toString("base64url")]));
  const tokenOf = (user: ControlPlaneUser): string => tokens[user] ?? "";
  writeFileSync(file("tokens.csv"), Object.entries(USERS).map(([name, { user, groups }]) => `${tokens[name] ?? ""},${user},${name},"${groups}"\n`).join(""));
  writeFileSync(file("service-account.key"), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }));
  writeFileSync(file("admission.json"), JSON.stringify(admissionConfiguration));
  writeFileSync(file("audit-policy.json"), JSON.stringify(auditPolicy));

  const port = await loopbackPort();
  const url = `https://127.0.0.1:${String(port)}`;
  const process = processes.start({
    name: `${cluster}-apiserver`,
    program: path.join(binaries, "kube-apiserver"),
    args: [
      `--etcd-servers=${etcd.url}`,
      `--etcd-prefix=/${cluster}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--secure-port=${String(port)}`,
      "--endpoint-reconciler-type=none",
      "--service-cluster-ip-range=10.96.0.0/16",
      "--authorization-mode=RBAC",
      "--allow-privileged",
      `--cert-dir=${directory}`,
      `--token-auth-file=${file("tokens.csv")}`,
      `--service-account-key-file=${file("service-account.key")}`,
      `--service-account-signing-key-file=${file("service-account.key")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--admission-control-config-file=${file("admission.json")}`,
      `--audit-policy-file=${file("audit-policy.json")}`,
      `--audit-log-path=${file("audit.log")}`,
      "--profiling=false",
    ],
  });

  // The certificate is written before the server listens: kube-apiserver's --cert-dir.
  const certificateAuthorityFile = file("apiserver.crt");
  const patience = { timeoutSeconds: 90, everyMilliseconds: 50, signal: process.died };
  const certificateAuthority = await until({ ...patience, what: `${cluster}'s API server to make its certificate` }, async () => readFileSync(certificateAuthorityFile, "utf8"));
  const accessWith = (token: string): Access => ({ server: url, certificateAuthority, token });
  const client = new KubernetesClient(accessWith(tokenOf("admin")));
  await until({ ...patience, what: `${cluster}'s API server to be ready` }, () => client.ready());

  return {
    cluster,
    url,
    process,
    client,
    auditLog: file("audit.log"),
    serviceAccountKey: file("service-account.key"),
    certificateAuthorityFile,
    access: (user) => accessWith(tokenOf(user)),
    accessWith,
    kubeconfig: (user) => {
      writeFileSync(file(`${user}.kubeconfig`), kubeconfig(accessWith(tokenOf(user))));
      return file(`${user}.kubeconfig`);
    },
  };
}
