import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, type Manifest } from "../../model/manifest";
import { podsOf } from "./pods";
import { referencesOf } from "./references";
import { arrayOf } from "./violations";

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

/** The objects that come from one that is written: itself, and what its controller makes of it. */
function madeFrom(manifest: Manifest): readonly string[] {
  const { kind, metadata } = manifest;
  const spec = manifest["spec"];
  const itself = `${kind}/${metadata.name}`;
  switch (kind) {
    case "ExternalSecret":
      return [`Secret/${String(fieldOf(spec, "target", "name") ?? metadata.name)}`];
    case "SealedSecret":
      return [`Secret/${String(fieldOf(spec, "template", "metadata", "name") ?? metadata.name)}`];
    case "Certificate":
      return [`Secret/${String(fieldOf(spec, "secretName"))}`];
    case "Ingress":
      return arrayOf(fieldOf(spec, "tls")).map((tls) => `Secret/${String(fieldOf(tls, "secretName"))}`);
    // A bucket claim comes back as a ConfigMap with the endpoint and a Secret with the keys, both of its own name.
    case "ObjectBucketClaim":
      return [`ConfigMap/${metadata.name}`, `Secret/${metadata.name}`];
    default:
      return [itself];
  }
}
