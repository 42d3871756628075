import { writeFileSync } from "node:fs";
import path from "node:path";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import type { Running } from "../processes/processes";
import { stageOf, standInsFor, type StandIn } from "./table";

const LOOK_EVERY_MILLISECONDS = 10_000;

/**
 * A second KWOK for the custom resources of a cluster. It can only watch kinds that are served when it starts, so it is
 * started again when operators have appeared.
 */
export class CustomKwok {
  #played: readonly StandIn[] = [];
  #process: Running | undefined;
  /** For which operators it has looked last, and when. */
  #lookedFor = "";
  #lookedAt = 0;

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
    const names = [...operators].sort().join(" ");
    // What is served is a megabyte to read, and changes little once the operators are there.
    if (names === this.#lookedFor && Date.now() - this.#lookedAt < LOOK_EVERY_MILLISECONDS && this.#process?.died.aborted === false) return;
    [this.#lookedFor, this.#lookedAt] = [names, Date.now()];
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
