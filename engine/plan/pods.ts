import { fieldOf, type Manifest } from "../model/manifest";
import { podTemplateOf, type PodTemplate } from "../model/pod-template";
import type { Neighbourhood } from "./change";
import { listAt } from "./list-at";

/** How a pod uses a ConfigMap or a Secret: files follow a change by themselves, variables and single files only in a new pod. */
export type Use = "files" | "at start";

/** A workload and its pod. */
export interface Workload {
  readonly manifest: Manifest;
  readonly template: PodTemplate;
}

/** Every workload of a namespace. */
export const workloadsIn = (neighbourhood: Neighbourhood, cluster: string, namespace: string): readonly Workload[] =>
  neighbourhood.objectsOn(cluster).filter((it) => it.namespace === namespace).flatMap(({ manifest }) => {
    const template = podTemplateOf(manifest);
    return template ? [{ manifest, template }] : [];
  });

const sources = {
  ConfigMap: { volume: ["configMap", "name"], variable: "configMapKeyRef", all: "configMapRef", projected: ["configMap", "name"] },
  Secret: { volume: ["secret", "secretName"], variable: "secretKeyRef", all: "secretRef", projected: ["secret", "name"] },
} as const;

/** How a pod uses what is called so; undefined where it does not. */
export function useOf({ spec }: PodTemplate, kind: keyof typeof sources, name: string): Use | undefined {
  const source = sources[kind];
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const isRead = containers.some((container) => (container.env ?? []).some((it) => fieldOf(it.valueFrom, source.variable, "name") === name) || (container.envFrom ?? []).some((it) => fieldOf(it, source.all, "name") === name));
  if (isRead) return "at start";
  const volumes = (spec.volumes ?? []).filter((volume) => fieldOf(volume, ...source.volume) === name || listAt(volume, "projected", "sources").some((it) => fieldOf(it, ...source.projected) === name));
  const mounts = containers.flatMap((container) => container.volumeMounts ?? []).filter((mount) => volumes.some((volume) => volume.name === mount.name));
  if (volumes.length === 0) return undefined;
  // https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
  return mounts.some((mount) => "subPath" in mount) ? "at start" : "files";
}

/** Labels that a pod of this template carries. */
export const podLabels = ({ metadata }: PodTemplate): Readonly<Record<string, string>> => metadata?.labels ?? {};

/** Whether a plain selector takes a pod with these labels. */
export const selects = (selector: unknown, labels: Readonly<Record<string, string>>): boolean =>
  typeof selector === "object" && selector !== null && Object.entries(selector).every(([key, value]) => labels[key] === value);
