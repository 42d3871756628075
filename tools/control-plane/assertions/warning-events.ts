import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

const event = z.looseObject({
  type: z.string().optional(),
  message: z.string().default(""),
  lastTimestamp: z.string().nullish(),
  involvedObject: z.looseObject({ namespace: z.string().optional(), name: z.string().default("") }),
});

/** Why controllers say that something does not go on: the last warning of an object, or of one that it made. */
export function lastWarning(events: readonly KubernetesObject[], { metadata }: KubernetesObject): string | undefined {
  const own = events
    .map((object) => event.parse(object))
    .filter(({ type, involvedObject: { namespace, name } }) => type === "Warning" && namespace === metadata.namespace && (name === metadata.name || name.startsWith(`${metadata.name}-`)));
  return own.sort((a, b) => (a.lastTimestamp ?? "").localeCompare(b.lastTimestamp ?? "")).at(-1)?.message;
}
