import type { CertificateProvider } from "../../engine/model/provides";

/** Certificates from one of cert-manager's cluster issuers, asked for by an annotation on the Ingress. */
export const issuedBy = (issuer: "lab-ca" | "acme"): CertificateProvider => ({
  backedBy: "cert-manager",
  issuer,
  believedBy: issuer === "acme" ? "everybody" : "lab",
  certify: (name) => ({ secretName: name, annotations: { "cert-manager.io/cluster-issuer": issuer } }),
});
