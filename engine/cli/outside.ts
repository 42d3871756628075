import { nothing, type Output, type StandingFiles } from "../emit/tree";
import type { Memory } from "../memory/memory";
import type { Infra } from "./context";

/**
 * What stands outside the clusters: made beside them, or recalled. Where nothing of it can be recalled, it begins at once; else
 * once it is known what the lab says.
 */
export class Outside {
  private made: ReturnType<Infra["start"]> | undefined;
  private recalled: StandingFiles | undefined;

  constructor(infra: Infra, private readonly memory: Memory | undefined) {
    const { code } = infra;
    if (memory === undefined || code === undefined || !memory.hasOutside()) {
      this.made = infra.start();
      return;
    }
    memory.onceDescribed(() => {
      this.recalled = memory.recallOutside(code);
      if (this.recalled === undefined) this.made = infra.start();
    });
  }

  /** Its files, of a lab that has passed its checks. */
  async output(): Promise<Output> {
    if (this.recalled !== undefined) return { ...nothing, standing: this.recalled };
    if (this.made === undefined) throw new Error("nobody told what the lab says");
    const { files, reads, code } = await this.made();
    this.memory?.madeOutside(code, reads, files);
    return { ...nothing, tree: files };
  }
}
