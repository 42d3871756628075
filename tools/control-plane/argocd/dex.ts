import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { startPod } from "../pods/start-pod";
import type { Running } from "../processes/processes";
import { until } from "../processes/until";

/** What Argo CD's part in front of Dex sees as /tmp, where it writes Dex's configuration: cmd/argocd-dex/commands/argocd_dex.go. */
const placeOf = ({ processes }: Testbed, { under }: RunningCluster): string => path.join(processes.directory, "argocd", `dex-${under.name}`);

/** The configuration that Dex is started with. */
export const dexConfiguration = (testbed: Testbed, cluster: RunningCluster): string => path.join(placeOf(testbed, cluster), "dex.yaml");

/**
 * Starts Argo CD's part in front of Dex: it reads who may log in, writes that down for Dex, and starts it. Dex itself is another
 * program, which asks the API server for nothing; in its place something waits.
 */
export async function startDexServer(testbed: Testbed, cluster: RunningCluster, workload: KubernetesObject): Promise<Running> {
  const place = placeOf(testbed, cluster);
  const programs = path.join(place, "bin");
  mkdirSync(programs, { recursive: true });
  writeFileSync(path.join(programs, "dex"), "#!/bin/sh\nexec sleep 86400\n", { mode: 0o755 });
  const { client } = cluster.api;
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-secret", namespace: workload.metadata.namespace } };
  // Without the key with which sessions are signed it ends, and a kubelet would start it again.
  await until({ what: "the key of Argo CD's sessions", timeoutSeconds: 60, everyMilliseconds: 500 }, async () => fieldOf(await client.get(secret), "data", "server.secretkey"));
  const environment = { ARGOCD_BINARY_NAME: "argocd-dex", PATH: `/tmp/bin:${process.env["PATH"] ?? ""}` };
  return startPod(testbed, cluster, { workload, program: testbed.binaries.upstream("argocd"), environment, mounts: { "/tmp": place }, args: [] });
}
