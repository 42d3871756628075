import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { waveOf } from "../../model/sync-wave";
import { madeFrom } from "./made-objects";
import { podsOf } from "./pods";
import { referencesOf } from "./references";

/** No pod needs what comes in a later wave: that one starts when the pod is healthy, and neither would ever come. */
export const waveOrder = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const { release, manifests } = it;
    if (!manifests.some((manifest) => waveOf(manifest) > 0)) return [];
    const soonest = new Map<string, number>();
    for (const manifest of manifests)
      for (const object of madeFrom(manifest)) {
        const key = `${manifest.metadata.namespace ?? release.namespace} ${object}`;
        soonest.set(key, Math.min(soonest.get(key) ?? Infinity, waveOf(manifest)));
      }
    return podsOf(it).flatMap((pod) => {
      const own = waveOf(pod.manifest);
      const later = referencesOf(pod).map(([kind, name]) => `${kind}/${name}`).filter((object) => (soonest.get(`${pod.namespace} ${object}`) ?? 0) > own);
      return [...new Set(later)].map((object) =>
        error({
          rule: "wave-order",
          address: release.address,
          found: `${pod.object} needs ${object}, which comes in wave ${soonest.get(`${pod.namespace} ${object}`)}: when everything of wave ${own} is healthy, ${pod.object} among it`,
          expected: "what a pod needs in its own wave, or before",
          fix: "Make it of something that the release's own webhook does not answer for, or move it to another release",
        }),
      );
    });
  });
