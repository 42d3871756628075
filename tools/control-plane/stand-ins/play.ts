import { setTimeout as pause } from "node:timers/promises";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { CustomKwok } from "./custom-kwok";
import { playExternalSecrets } from "./external-secrets";
import type { StandIn } from "./table";
import type { Vault } from "./vault";

/** The operators that are played on all clusters, until the run ends. */
export interface Play {
  /** Whose parts are played, and of which kinds. */
  played(): readonly StandIn[];
  stop(): void;
}

const EXTERNAL_SECRETS: StandIn = { operator: "External Secrets", apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", condition: "Ready" };

/** Plays the operators that do not run here: follows new definitions and new objects once a second. */
export function play(testbed: Testbed, clusters: readonly RunningCluster[], vault: Vault): Play {
  const ending = new AbortController();
  const kwoks = new Map(clusters.map((cluster) => [cluster, new CustomKwok(testbed, cluster)]));
  let playsSecrets = false;
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted && !testbed.processes.failure.aborted) {
      for (const [cluster, kwok] of kwoks) {
        // An API server that a drill has stopped is looked at again when it is back.
        if (cluster.api.process.died.aborted) continue;
        await kwok.follow();
        if (!(await cluster.api.client.serves(EXTERNAL_SECRETS.apiVersion, EXTERNAL_SECRETS.kind))) continue;
        playsSecrets = true;
        await playExternalSecrets(cluster, vault);
      }
      await pause(1000, undefined, { signal: ending.signal });
    }
  };
  loop().catch((cause: unknown) => {
    if (!ending.signal.aborted) testbed.processes.fail(cause);
  });
  return {
    played: () => [...new Set([...kwoks.values()].flatMap((kwok) => kwok.played())), ...(playsSecrets ? [EXTERNAL_SECRETS] : [])],
    stop: () => ending.abort(),
  };
}
