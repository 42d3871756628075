import { setTimeout as pause } from "node:timers/promises";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import type { ObjectReference } from "../kubernetes/object";
import { CustomKwok } from "./custom-kwok";
import { EXTERNAL_SECRET, playExternalSecrets } from "./external-secrets";
import { operatorsUp } from "./operators-up";
import type { StandIn } from "./table";
import type { Vault } from "./vault";
import { Webhooks } from "./webhooks";

/** The operators that are played on all clusters, until the run ends. */
export interface Play {
  /** Whose parts are played, and of which kinds. */
  played(): readonly StandIn[];
  /** Nobody plays any more once this returns, until `resume`: a cluster is about to be away. */
  pause(): Promise<void>;
  resume(): void;
  /** The Services in whose place webhooks are answered, as "namespace/name:port". */
  webhooks(): readonly string[];
  stop(): void;
}

/** What the players share. */
export interface Properties {
  readonly vault: Vault;
  /** The definitions whose versions a webhook converts. */
  readonly conversions: readonly ObjectReference[];
}

/** Plays the operators that do not run here, where their Deployments are up: follows what appears every other second. */
export function play(testbed: Testbed, clusters: readonly RunningCluster[], { vault, conversions }: Properties): Play {
  const parts = clusters.map((cluster) => new Parts(testbed, cluster, vault, conversions));
  const ending = new AbortController();
  let isPaused = false;
  let turn = Promise.resolve();
  const loop = async (): Promise<void> => {
    for (;;) {
      if (!isPaused) turn = Promise.all(parts.map((part) => part.follow())).then(() => undefined);
      await turn;
      await pause(2000, undefined, { signal: ending.signal });
    }
  };
  loop().catch((cause: unknown) => {
    if (!ending.signal.aborted) testbed.processes.fail(cause);
  });
  return {
    played: () => [...new Set(parts.flatMap((part) => part.played()))],
    pause: () => {
      isPaused = true;
      return turn;
    },
    resume: () => {
      isPaused = false;
    },
    webhooks: () => [...new Set(parts.flatMap((part) => part.webhooks()))].sort(),
    stop: () => {
      ending.abort();
      for (const part of parts) part.close();
    },
  };
}

/** All parts on one cluster. */
class Parts {
  readonly #kwok: CustomKwok;
  readonly #webhooks: Webhooks;
  #playsSecrets = false;

  constructor(
    testbed: Testbed,
    private readonly cluster: RunningCluster,
    private readonly vault: Vault,
    conversions: readonly ObjectReference[],
  ) {
    this.#kwok = new CustomKwok(testbed, cluster);
    this.#webhooks = new Webhooks(testbed.certificates, cluster, conversions);
  }

  played(): readonly StandIn[] {
    return [...this.#kwok.played(), ...(this.#playsSecrets ? [EXTERNAL_SECRET] : [])];
  }

  webhooks(): readonly string[] {
    return this.#webhooks.answered();
  }

  async follow(): Promise<void> {
    const { client } = this.cluster.api;
    const operators = await operatorsUp(client);
    await this.#kwok.follow(operators);
    await this.#webhooks.follow();
    if (!operators.has(EXTERNAL_SECRET.operator) || !(await client.serves(EXTERNAL_SECRET.apiVersion, EXTERNAL_SECRET.kind))) return;
    this.#playsSecrets = true;
    await playExternalSecrets(this.cluster, this.vault);
  }

  close(): void {
    this.#webhooks.close();
  }
}
