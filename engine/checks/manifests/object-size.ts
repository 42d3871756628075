import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";

/** https://kubernetes.io/docs/concepts/configuration/configmap/#motivation: what all values of one may have together. */
const most = 2 ** 20;

/** The API server refuses a ConfigMap or Secret whose values are larger: a folder of dashboards, or a hub's list of what it watches. */
export const objectSize = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) =>
    manifests
      .filter(({ kind }) => kind === "ConfigMap" || kind === "Secret")
      .flatMap((manifest) => {
        const size = sizeOf(manifest);
        if (size <= most) return [];
        const isHub = manifest.metadata.name === "argocd-cm";
        return [
          error({
            rule: "object-size",
            address: release.address,
            found: `${objectName(manifest)} has ${size} bytes of values`,
            expected: `at most ${most}, or the API server refuses it`,
            fix: isHub ? 'Let each cluster have its own Argo CD (gitops: { mode: "perCluster" }), or split the lab' : "Write it into several, or keep what is large elsewhere",
          }),
        ];
      }),
  );

/** Text counts in UTF-8, binary data once decoded. */
const sizeOf = (manifest: Manifest): number => textIn(manifest, "data", manifest.kind === "Secret") + textIn(manifest, "stringData", false) + textIn(manifest, "binaryData", true);

function textIn(manifest: Manifest, field: string, encoded: boolean): number {
  const length = Object.values(fieldOf(manifest, field) ?? {}).reduce<number>((sum, value) => sum + (typeof value === "string" ? Buffer.byteLength(value) : 0), 0);
  return encoded ? Math.floor((length * 3) / 4) : length;
}
