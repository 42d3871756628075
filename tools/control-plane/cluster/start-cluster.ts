import { startApiServer, type ApiServer, type Endpoint } from "./api-server";
import type { ClusterUnderTest } from "./cluster-under-test";
import { startControllers } from "./controllers";
import { startKwok } from "./kwok";
import { nodeObject } from "./node-object";
import type { Testbed } from "./testbed";

/** A cluster of the lab that runs here. */
export interface RunningCluster {
  readonly under: ClusterUnderTest;
  readonly api: ApiServer;
}

/** Stands up one cluster: its API server, controllers, nodes, and what its distribution brings. */
export async function startCluster(testbed: Testbed, under: ClusterUnderTest, endpoint: Endpoint, stagesDirectory: string): Promise<RunningCluster> {
  const api = await startApiServer(testbed, under.name, endpoint);
  const { address, port } = api.inside;
  testbed.processes.start({ name: `${under.name}-kubernetes-service`, program: testbed.binaries.testbed, args: ["forward", `${address}:${String(port)}`, `${endpoint.address}:${String(endpoint.port)}`] });
  await startControllers(testbed, api);
  for (const object of [...under.brings, ...under.nodes.map((node) => nodeObject(under, node))]) await api.client.apply(object);
  startKwok(testbed, api, under, stagesDirectory);
  return { under, api };
}
