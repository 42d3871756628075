import { writeFileSync } from "node:fs";
import path from "node:path";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import type { Running } from "../processes/processes";
import { stageOf, standInsFor, type StandIn } from "./table";

/**
 * A second KWOK for the custom resources of a cluster. It can only watch kinds that are served when it starts, so it is
 * started again when operators have appeared.
 */
export class CustomKwok {
  #played: readonly StandIn[] = [];
  #process: Running | undefined;

  constructor(
    private readonly testbed: Testbed,
    private readonly cluster: RunningCluster,
  ) {}

  /** What it plays now. */
  played(): readonly StandIn[] {
    return this.#played;
  }

  /** Looks which kinds are served, and plays those of operators that are up. */
  async follow(operators: ReadonlySet<string>): Promise<void> {
    const wanted = standInsFor(await this.cluster.api.client.rediscover(), operators);
    // It ends by itself where a kind is served whose schema is not published yet.
    const isPlaying = this.#process !== undefined && !this.#process.died.aborted;
    if (wanted.length === 0 || (isPlaying && wanted.length === this.#played.length)) return;
    if (isPlaying) await this.#process?.stop();
    const { processes, binaries } = this.testbed;
    const config = path.join(processes.directory, "clusters", this.cluster.under.name, "kwok-custom-resources.yaml");
    writeFileSync(config, wanted.map((standIn) => JSON.stringify(stageOf(standIn))).join("\n---\n"));
    this.#process = processes.start({
      name: `${this.cluster.under.name}-kwok-custom-resources`,
      program: binaries.upstream("kwok"),
      args: [`--kubeconfig=${this.cluster.api.kubeconfig("kwok")}`, `--config=${config}`, "--manage-all-nodes=false", "--manage-nodes-with-label-selector=hearth.dev/none=none"],
      mayEnd: true,
    });
    this.#played = wanted;
  }
}
