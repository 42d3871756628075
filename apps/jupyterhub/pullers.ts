import type { Chart } from "cdk8s";
import type { GpuGrant } from "../../engine/model/grants";
import { reference, type Image } from "../../engine/model/image";
import { Workload } from "../../engine/workload/workload";
import { nodesFor, offeredProfiles, type Profile, type Where } from "./profiles";

/** What one puller may hold; it only waits. */
export const pullerMemory = "32Mi";

interface Pullers {
  readonly pause: Image;
  readonly gpu: GpuGrant | undefined;
}

/** Profiles' images on every node that may run them, before anybody waits for them: they are several gigabytes each. */
export function pullers(chart: Chart, where: Where, { pause, gpu }: Pullers): void {
  const offered = offeredProfiles(where);
  puller("puller", offered.filter((it) => it.gpu === undefined));
  puller("gpu-puller", offered.filter((it) => it.gpu !== undefined));

  function puller(component: string, profiles: readonly Profile[]): void {
    if (profiles.length === 0) return;
    const images = new Map(profiles.map(({ image }) => [reference(image), image]));
    const resources = { cpu: "5m", memory: pullerMemory } as const;
    new Workload(chart, component, {
      kind: "DaemonSet",
      image: pause,
      resources,
      onNodes: [...new Set(profiles.flatMap((it) => nodesFor(it, where).map(({ name }) => name)))],
      tolerations: profiles.some((it) => it.gpu) ? (gpu?.tolerations.map((it) => ({ ...it })) ?? []) : [],
      before: Object.fromEntries([...images.values()].map((image, index) => [`image-${index + 1}`, { image, command: ["/bin/true"], resources }])),
      exempt: { "no-probes": "it does nothing: while it is there, the images are not cleaned away" },
    });
  }
}
