import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";

const tokenRequest = z.looseObject({ status: z.looseObject({ token: z.string() }) });

/** A token of a ServiceAccount, valid for a whole run. */
export async function serviceAccountToken(cluster: RunningCluster, namespace: string, name: string): Promise<string> {
  const reply = await cluster.api.client.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace, name } }, "token", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 8 * 60 * 60 },
  });
  return tokenRequest.parse(reply).status.token;
}

/** The files that a pod finds at /var/run/secrets/kubernetes.io/serviceaccount; returns their directory. */
export async function serviceAccountFiles({ processes, certificates }: Testbed, cluster: RunningCluster, namespace: string, name: string): Promise<string> {
  const directory = path.join(processes.directory, "clusters", cluster.under.name, "service-accounts", `${namespace}.${name}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "token"), await serviceAccountToken(cluster, namespace, name));
  writeFileSync(path.join(directory, "ca.crt"), certificates.authority);
  writeFileSync(path.join(directory, "namespace"), namespace);
  return directory;
}
