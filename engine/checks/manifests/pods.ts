import type { Built } from "../../model/built";
import { objectName, type Manifest } from "../../model/manifest";
import { onceForEach } from "../../model/once-for-each";
import { exemptionPrefix } from "../../model/pod-security";
import { podTemplateOf, type ContainerSpec, type PodTemplate } from "../../model/pod-template";
import type { Release } from "../../model/release";

/** A pod that some object of a release makes, with what checks ask of it. */
export interface Pod {
  readonly release: Release;
  readonly manifest: Manifest;
  /** `Deployment/ollama`. */
  readonly object: string;
  readonly namespace: string;
  readonly template: PodTemplate;
  /** Its containers, init containers included. */
  readonly containers: readonly ContainerSpec[];
  readonly labels: Readonly<Record<string, string>>;
  /** What it is exempt from, each with the reason. */
  readonly exempt: ReadonlyMap<string, string>;
}

/** Every pod template in what was built, in the order of its objects. */
export const podsIn = (built: readonly Built[]): readonly Pod[] => built.flatMap(podsOf);

/** The pod templates of one release. */
export const podsOf = onceForEach(({ release, manifests }: Built): readonly Pod[] =>
  manifests.flatMap((manifest): readonly Pod[] => {
    const template = podTemplateOf(manifest);
    if (!template) return [];
    const annotations = Object.entries(template.metadata?.annotations ?? {}).filter(([key]) => key.startsWith(exemptionPrefix));
    return [
      {
        release,
        manifest,
        object: objectName(manifest),
        namespace: manifest.metadata.namespace ?? release.namespace,
        template,
        containers: [...(template.spec.initContainers ?? []), ...template.spec.containers],
        labels: template.metadata?.labels ?? {},
        exempt: new Map(annotations.map(([key, because]) => [key.slice(exemptionPrefix.length), because])),
      },
    ];
  }),
);

/** Whether a pod should keep running, rather than finish. */
export const isLongRunning = ({ manifest }: Pod): boolean => manifest.kind !== "Job" && manifest.kind !== "CronJob";
