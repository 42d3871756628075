import type { Manifest } from "../model/manifest";
import { withPodTemplate } from "../model/pod-template";
import type { Release } from "../model/release";
import { podsGrant } from "./grants";

/** A toleration as pods have it; every field may be missing. */
interface Tolerated {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** Writes what the placement decided into every pod of the release: its nodes, what it tolerates, its priority. */
export function placePods(release: Release, manifests: readonly Manifest[]): readonly Manifest[] {
  const { priorityClassName, nodeSelector, tolerations } = podsGrant(release);
  return manifests.map((manifest) =>
    withPodTemplate(manifest, (template) => {
      const selector = { ...template.spec.nodeSelector, ...nodeSelector };
      const tolerated = withoutRepeats([...(template.spec.tolerations ?? []), ...tolerations]);
      return {
        ...template,
        spec: {
          ...template.spec,
          priorityClassName: template.spec.priorityClassName ?? priorityClassName,
          ...(Object.keys(selector).length ? { nodeSelector: selector } : {}),
          ...(tolerated.length ? { tolerations: tolerated } : {}),
        },
      };
    }),
  );
}

/** A GPU's provider and the placement may name the same taint. */
const withoutRepeats = <T extends Tolerated>(tolerations: readonly T[]): readonly T[] => [
  ...new Map(tolerations.map((it) => [[it.key, it.operator, it.value, it.effect].join("\n"), it])).values(),
];
