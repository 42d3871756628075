import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf } from "../../model/manifest";
import { podsOf, type Pod } from "./pods";
import { arrayOf } from "./violations";

/** Containers mount volumes that their pod has: the API server refuses a pod that mounts another. */
export const volumeNamed = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(podsOf).flatMap((pod) => {
    const known = volumesOf(pod);
    return pod.containers.flatMap((container) =>
      [...arrayOf(fieldOf(container, "volumeMounts")), ...arrayOf(fieldOf(container, "volumeDevices"))]
        .map((mount) => String(fieldOf(mount, "name")))
        .filter((name) => !known.includes(name))
        .map((name) =>
          error({
            rule: "volume-named",
            address: pod.release.address,
            found: `${pod.object}: container ${container.name} mounts ${name}, and its pod has no such volume`,
            expected: `one of: ${known.join(", ") || "it has none"}`,
            fix: "Name a volume that is there, or add it",
          }),
        ),
    );
  });

/** Those of its template, and those that a StatefulSet claims for it. */
const volumesOf = ({ template, manifest }: Pod): readonly string[] => [
  ...(template.spec.volumes ?? []).map(({ name }) => name),
  ...arrayOf(fieldOf(manifest, "spec", "volumeClaimTemplates")).map((claim) => String(fieldOf(claim, "metadata", "name"))),
];
