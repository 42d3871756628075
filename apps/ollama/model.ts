import { z } from "zod";
import { bytes, bytesFrom, bytesOf, duration, type Bytes } from "../../engine/model/quantity";

/** A model as Ollama's registry names it, with what it takes: its size on disk and in GPU memory. */
export interface Model {
  readonly name: string;
  readonly size: Bytes;
  /** As `ollama ps` tells it under this release's `contextLength` and `parallel`: whoever raises those has to look again. */
  readonly gpuMemory: Bytes;
}

/** `model("llama3.1:8b", { size: "5Gi", gpuMemory: "7Gi" })`. Sizes are the registry's; memory grows with the context. */
export const model = (name: string, takes: Omit<Model, "name">): Model => ({ name, ...takes });

export const modelSetting = z.strictObject({
  name: z.string().regex(/^[\w./-]+:[\w.-]+$/, { error: "a model with its tag, such as llama3.1:8b" }),
  size: bytes,
  gpuMemory: bytes,
});

/** Ollama takes Go's durations, which know no days, and quietly falls back to five minutes for any other. */
export const keepAliveSetting = z.union([z.literal("forever"), duration.refine((it) => /\d(ms|s|m|h)$/.test(it))], {
  error: 'a duration in h, m or s, such as "30m", or "forever"',
});

/** The memory that the largest models take that may be loaded at the same time. */
export function loadedAtOnce({ models, loadedModels }: { readonly models: readonly Model[]; readonly loadedModels: number }): Bytes {
  const largest = models.map((it) => bytesOf(it.gpuMemory)).sort((a, b) => b - a);
  return bytesFrom(largest.slice(0, loadedModels).reduce((sum, it) => sum + it, 0));
}
