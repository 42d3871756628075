import type { Chart } from "cdk8s";
import { intermediateOf } from "../../engine/model/authority";
import { vault, type VaultSecret } from "../../engine/model/needs";
import type { Site } from "../../engine/model/site";
import { Certificate, CertificateSpecPrivateKeyAlgorithm, CertificateSpecPrivateKeyRotationPolicy, ClusterIssuer, Issuer } from "../../imports/cert-manager";

const year = 365 * 24;

/** The Secret that the issuer signs with. */
const secretName = "lab-ca";

/**
 * What the issuer signs with, where the lab has an authority: the cluster's own intermediate, with the certificates above it, so
 * that callers are shown the way up to the root. https://cert-manager.io/docs/configuration/ca/
 */
export const intermediateNeeds = ({ lab, cluster }: Site): Readonly<Record<string, VaultSecret>> =>
  lab.authority
    ? { intermediate: vault(intermediateOf(cluster), { name: secretName, type: "kubernetes.io/tls", data: { "tls.key": '{{ .value | filterPEM "PRIVATE KEY" }}', "tls.crt": '{{ .value | filterPEM "CERTIFICATE" }}' } }) }
    : {};

/** The issuer `lab-ca`: of the lab's authority, or of one that the cluster is for itself. */
export function labAuthority(chart: Chart, site: Site): void {
  if (!site.lab.authority) ownRoot(chart, site);
  new ClusterIssuer(chart, "lab-ca-issuer", { metadata: { name: "lab-ca" }, spec: { ca: { secretName } } });
}

/**
 * A root that signs itself.
 *
 * Devices trust the root for ten years, so the Secret `lab-ca` of this namespace must outlive the cluster: whoever holds its
 * key can impersonate every host of the lab, and without it every device must be given a new root. Nobody but cert-manager
 * makes it, and nothing here deletes it: it stays when the Certificate goes, and the namespace is never pruned. A backup of
 * this namespace must keep that one Secret, and a restore must put it back before cert-manager starts: what it finds, it keeps.
 */
function ownRoot(chart: Chart, { lab, cluster }: Site): void {
  // Of this namespace alone: a self-signed certificate elsewhere would be nobody's.
  new Issuer(chart, "self-signed", { metadata: { name: "self-signed" }, spec: { selfSigned: {} } });
  new Certificate(chart, "lab-ca", {
    metadata: { name: "lab-ca" },
    spec: {
      isCa: true,
      commonName: `${lab.name} ${cluster.name} CA`,
      subject: { organizations: [lab.name] },
      secretName,
      duration: `${10 * year}h`,
      // Two years to bring the renewed root to every device. Its key stays, so that what was signed with it stays valid.
      renewBefore: `${2 * year}h`,
      privateKey: { algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA, size: 256, rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.NEVER },
      issuerRef: { group: "cert-manager.io", kind: "Issuer", name: "self-signed" },
    },
  });
}
