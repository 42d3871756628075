import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { madeFrom } from "./made-objects";
import { podsOf } from "./pods";
import { referencesOf } from "./references";

/** What a pod mounts or reads is written by its release, or made by a controller from what it writes. */
export const objectExists = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const known = new Set(
      it.manifests.flatMap((manifest) => madeFrom(manifest).map((object) => `${manifest.metadata.namespace ?? it.release.namespace} ${object}`)),
    );
    const made = new Set([
      ...it.release.makes.flatMap(({ objects = [], claims = {} }) => [
        ...objects,
        ...Object.values(claims)
          .flat()
          .map((claim) => `PersistentVolumeClaim/${claim}`),
      ]),
      ...everywhere,
    ]);
    return podsOf(it).flatMap((pod) => {
      const missing = referencesOf(pod)
        .map(([kind, name]) => `${kind}/${name}`)
        .filter((object) => !known.has(`${pod.namespace} ${object}`) && !made.has(object));
      return [...new Set(missing)].map((object) =>
        error({
          rule: "object-exists",
          address: it.release.address,
          found: `${pod.object} needs ${object}, and nothing makes it`,
          expected: "an object of the release, of a grant, or of a controller that `makes` declares",
          fix: "Write it, ask for it as a need, or declare it in makes.objects",
        }),
      );
    });
  });

/** Every namespace has these from Kubernetes itself. */
const everywhere = ["ServiceAccount/default", "ConfigMap/kube-root-ca.crt"];
