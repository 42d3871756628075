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
      return [itself, `Secret/${String(fieldOf(spec, "secretName"))}`];
    // Of cert-manager, where it is told who signs; what is not signed for it has to be there.
    case "Ingress":
      return issuers.every((key) => metadata.annotations?.[key] === undefined) ? [] : arrayOf(fieldOf(spec, "tls")).map((tls) => `Secret/${String(fieldOf(tls, "secretName"))}`);
    case "AlertmanagerConfig":
      return [itself, ...arrayOf(fieldOf(spec, "receivers")).map((receiver) => `Receiver/${String(fieldOf(receiver, "name"))}`)];
    case "Prometheus":
      return [itself, ...arrayOf(fieldOf(spec, "scrapeClasses")).map((scrapeClass) => `ScrapeClass/${String(fieldOf(scrapeClass, "name"))}`)];
    // https://github.com/ceph/ceph-csi-operator/blob/v1.0.4/docs/design/operator.md: the driver is called as its object is.
    case "Driver":
      return [itself, `CSIDriver/${metadata.name}`];
    // Drivers know a Ceph by its profile; Rook calls that of its own after the namespace (pkg/operator/ceph/csi/config.go).
    case "CephCluster":
      return [itself, `CephClusterID/${String(metadata.namespace)}`];
    case "ClientProfile":
      return [itself, `CephClusterID/${metadata.name}`];
    case "CephBlockPool":
      return [itself, `CephPool/${String(fieldOf(spec, "name") ?? metadata.name)}`];
    case "CephFilesystem":
      return [itself, ...arrayOf(fieldOf(spec, "dataPools")).map((pool, index) => `CephPool/${dataPool(manifest, fieldOf(pool, "name"), index)}`)];
    // A bucket claim comes back as a ConfigMap with the endpoint and a Secret with the keys, both of its own name.
    case "ObjectBucketClaim":
      return [`ConfigMap/${metadata.name}`, `Secret/${metadata.name}`];
    default:
      return [itself];
  }
}

/** generateDataPoolNames in pkg/operator/ceph/file/filesystem.go of Rook. */
const dataPool = ({ metadata, spec }: Manifest, name: unknown, index: number): string =>
  name === undefined ? `${metadata.name}-data${index}` : fieldOf(spec, "preservePoolNames") === true ? String(name) : `${metadata.name}-${String(name)}`;
