import type { Mistake } from "../../engine/model/app";
import { bytesFrom, bytesOf, type Bytes } from "../../engine/model/quantity";
import { loadedAtOnce, type Model } from "./model";

interface Fit {
  readonly models: readonly Model[];
  readonly modelSpace: Bytes;
  readonly accelerator: "nvidia" | "cpu";
  readonly loadedModels: number;
  readonly memory: Bytes;
}

/** What cannot hold the models. That a GPU holds them is the cluster's to say, and checked with every other GPU need. */
export const mistakes = (fit: Fit): readonly Mistake[] => [...twice(fit), ...tooLargeForStore(fit), ...tooLargeForMemory(fit)];

const twice = ({ models }: Fit): readonly Mistake[] =>
  models
    .filter(({ name }, index) => models.findIndex((it) => it.name === name) !== index)
    .map(({ name }) => ({ rule: "models-once", found: `${name} listed twice`, expected: "each model once", fix: `Remove one ${name} from models` }));

function tooLargeForStore({ models, modelSpace }: Fit): readonly Mistake[] {
  const needed = models.reduce((sum, { size }) => sum + bytesOf(size), 0);
  if (needed <= bytesOf(modelSpace)) return [];
  return [
    {
      rule: "models-fit-store",
      found: `models of ${bytesFrom(needed)} in all, and modelSpace is ${modelSpace}`,
      expected: "a store that holds every model listed",
      fix: `Raise modelSpace to ${bytesFrom(needed)} or more, or list fewer models`,
    },
  ];
}

function tooLargeForMemory(fit: Fit): readonly Mistake[] {
  const needed = loadedAtOnce(fit);
  if (fit.accelerator !== "cpu" || bytesOf(needed) <= bytesOf(fit.memory)) return [];
  return [
    {
      rule: "models-fit-memory",
      found: `models that take ${needed} when ${fit.loadedModels === 1 ? "the largest is" : `the ${fit.loadedModels} largest are`} loaded, and memory is ${fit.memory}`,
      expected: "memory that holds what is loaded at once: without a GPU, models are loaded into it",
      fix: `Raise memory to ${needed} or more, or list smaller models`,
    },
  ];
}
