import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";

/** What must differ where a container becomes a plain process that shares its network and its files with others. */
export interface Adaptation {
  /** The words by which the image's entry point picks the part to run, before the container's own. */
  readonly entry?: readonly string[];
  /** Flags with another value: ports that would collide. One that the container does not give is added. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Flags that the version that runs here does not know. */
  readonly unknown?: readonly string[];
}

const container = z.looseObject({
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).default([]),
  volumeMounts: z.array(z.looseObject({ mountPath: z.string() })).default([]),
});

const workload = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(container).min(1) }) }) }) });

/**
 * The workload as a process runs it: its first container's arguments, adapted, and paths below its mounts moved below
 * `root`. Whoever starts it drops the first word, which stands for the program.
 */
export function adapted(object: KubernetesObject, root: string, { entry = [], flags = {}, unknown = [] }: Adaptation): KubernetesObject {
  const { spec } = workload.parse(object);
  const [first, ...others] = spec.template.spec.containers;
  const { args, volumeMounts } = first!;
  const mounts = volumeMounts.map(({ mountPath }) => mountPath);
  const kept = args.filter((word) => ![...unknown, ...Object.keys(flags)].includes(flagOf(word)));
  const moved = kept.map((word) => movedBelow(root, word, mounts));
  const given = Object.entries(flags).map(([flag, value]) => `${flag}=${value}`);
  const template = { ...spec.template, spec: { ...spec.template.spec, containers: [{ ...first, command: ["program"], args: [...entry, ...moved, ...given] }, ...others] } };
  return { ...object, spec: { ...spec, template } };
}

const flagOf = (word: string): string => word.split("=")[0] ?? word;

function movedBelow(root: string, word: string, mounts: readonly string[]): string {
  const [flag = "", ...rest] = word.split("=");
  const value = rest.join("=");
  return mounts.some((mount) => value === mount || value.startsWith(`${mount}/`)) ? `${flag}=${root}${value}` : word;
}
