import type { CertificateProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";

/** Certificates from one of cert-manager's cluster issuers, asked for by an annotation on the Ingress. */
export const issuedBy = recipe((issuer: "lab-ca" | "acme"): CertificateProvider => ({
  backedBy: "cert-manager",
  issuer,
  believedBy: issuer === "acme" ? "everybody" : "lab",
  certify: (name) => ({ secretName: name, annotations: { "cert-manager.io/cluster-issuer": issuer } }),
}));
