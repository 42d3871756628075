import type { Binaries } from "../build/binaries";
import { startApiServer, type ApiServer } from "../cluster/api-server";
import type { ClusterUnderTest } from "../cluster/cluster-under-test";
import { startControllers } from "../cluster/controllers";
import { startKwok } from "../cluster/kwok";
import { nodeObject } from "../cluster/node-object";
import { startTestbed, type Testbed } from "../cluster/testbed";
import { loopbackPort } from "../processes/loopback-ports";
import type { Processes } from "../processes/processes";

/** Room for every pod of the table at once, on the two nodes that a DaemonSet needs to be one. */
const nodes = ["one", "two"].map((name) => ({ name, arch: "amd64" as const, allocatable: { cpu: "64", memory: "256Gi", "ephemeral-storage": "1Ti", pods: "500" }, labels: {}, taints: [] }));

/** A cluster of its own for the table: real API server, controllers and scheduler, and KWOK for its kubelets. Nothing of it leaves loopback. */
export async function standOn(processes: Processes, binaries: Binaries, stagesDirectory: string): Promise<{ readonly testbed: Testbed; readonly api: ApiServer }> {
  const endpoint = { address: "127.0.0.1", port: await loopbackPort(), services: "10.0.0.0/16" };
  const under: ClusterUnderTest = { name: "plan", kubernetesVersion: "v1.36.0", api: `https://127.0.0.1:${String(endpoint.port)}`, services: endpoint.services, pods: "10.1.0.0/16", nodes, brings: [] };
  const testbed = await startTestbed(processes, binaries, { [under.name]: [endpoint.address] });
  const api = await startApiServer(testbed, under.name, endpoint);
  await startControllers(testbed, api);
  for (const node of nodes) await api.client.apply(nodeObject(under, node));
  startKwok(testbed, api, under, stagesDirectory);
  return { testbed, api };
}
