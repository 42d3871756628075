import type { Manifest } from "../model/manifest";
import { withPodTemplate } from "../model/pod-template";
import type { Release } from "../model/release";
import { podsGrant } from "./grants";

/** Writes what the placement decided into every pod of the release: its nodes, what it tolerates, its priority. */
export function placePods(release: Release, manifests: readonly Manifest[]): readonly Manifest[] {
  const { priorityClassName, nodeSelector, tolerations } = podsGrant(release);
  return manifests.map((manifest) =>
    withPodTemplate(manifest, (template) => {
      const selector = { ...template.spec.nodeSelector, ...nodeSelector };
      const tolerated = [...(template.spec.tolerations ?? []), ...tolerations];
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
