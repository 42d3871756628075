import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";

/** What must differ where a container becomes a plain process that shares its network with others. */
export interface Adaptation {
  /** The words by which the image's entry point picks the part to run, before the container's own. */
  readonly entry?: readonly string[];
  /** The first argument is the program itself: the image's entry point runs what it is given. */
  readonly named?: true;
  /** Flags with another value: ports that would collide. One that the container does not give is added. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Flags that the version that runs here does not know. */
  readonly unknown?: readonly string[];
}

const container = z.looseObject({
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
});

const workload = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(container).min(1) }) }) }) });

/**
 * The workload as a process runs it: its first container's arguments, adapted. Whoever starts it drops the first word, which
 * stands for the program.
 */
export function adapted(object: KubernetesObject, { entry = [], named, flags = {}, unknown = [] }: Adaptation): KubernetesObject {
  const { spec } = workload.parse(object);
  const [first, ...others] = spec.template.spec.containers;
  const kept = [...first!.command.slice(1), ...first!.args.slice(named === true ? 1 : 0)].filter((word) => ![...unknown, ...Object.keys(flags)].includes(flagOf(word)));
  const given = Object.entries(flags).map(([flag, value]) => `${flag}=${value}`);
  const template = { ...spec.template, spec: { ...spec.template.spec, containers: [{ ...first, command: ["program"], args: [...entry, ...kept, ...given] }, ...others] } };
  return { ...object, spec: { ...spec, template } };
}

const flagOf = (word: string): string => word.split("=")[0] ?? word;
