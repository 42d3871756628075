import { z } from "zod";
import { bytes, type Bytes } from "../../engine/model/quantity";

/** A model as Ollama's registry names it, with what it takes: its size on disk and in GPU memory. */
export interface Model {
  readonly name: string;
  readonly size: Bytes;
  readonly gpuMemory: Bytes;
}

/** `model("llama3.1:8b", { size: "5Gi", gpuMemory: "7Gi" })`. Sizes are the registry's; memory grows with the context. */
export const model = (name: string, takes: Omit<Model, "name">): Model => ({ name, ...takes });

export const modelSetting = z.strictObject({
  name: z.string().regex(/^[\w./-]+:[\w.-]+$/, { error: "a model with its tag, such as llama3.1:8b" }),
  size: bytes,
  gpuMemory: bytes,
});
