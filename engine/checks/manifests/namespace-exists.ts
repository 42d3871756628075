import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { objectName } from "../../model/manifest";
import { nearest } from "../../model/nearest";
import { systemNamespaces } from "../../model/system-namespaces";
import { groupsOf } from "../groups";

/** Every object stands in a namespace that a release of the cluster writes, or that Kubernetes has: nothing else makes one. */
export const namespaceExists = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const written = here.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
    const known = new Set([...systemNamespaces, ...written]);
    return here.flatMap(({ release, manifests }) =>
      manifests.flatMap((manifest) => {
        const { namespace } = manifest.metadata;
        if (namespace === undefined || known.has(namespace)) return [];
        const meant = nearest(namespace, written);
        return [
          error({
            rule: "namespace-exists",
            address: release.address,
            found: `${objectName(manifest)} stands in namespace ${namespace}, and nothing on ${release.cluster.name} makes it`,
            expected: `one of: ${written.join(", ")}`,
            fix: meant ? `Write "${meant}"` : "Write it into the release's own namespace, or say in `makes` that its controllers work there",
          }),
        ];
      }),
    );
  });
