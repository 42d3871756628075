import { fieldOf, type Manifest } from "../../model/manifest";
import { arrayOf } from "./violations";

const issuers = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"];

/** The objects that come from one that is written: itself, and what its controller makes of it. */
export function madeFrom(manifest: Manifest): readonly string[] {
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
    // Of cert-manager, where it is told who signs; what is not signed for it has to be there.
    case "Ingress":
      return issuers.every((key) => metadata.annotations?.[key] === undefined) ? [] : arrayOf(fieldOf(spec, "tls")).map((tls) => `Secret/${String(fieldOf(tls, "secretName"))}`);
    // A bucket claim comes back as a ConfigMap with the endpoint and a Secret with the keys, both of its own name.
    case "ObjectBucketClaim":
      return [`ConfigMap/${metadata.name}`, `Secret/${metadata.name}`];
    default:
      return [itself];
  }
}
