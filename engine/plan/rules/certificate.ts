import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { isUnder, pathText } from "../field-change";
import { listAt, textsAt } from "../list-at";

const issuerAnnotations = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"];

/** Certificates: what they are valid for, who signs them, and who trusts whom. https://cert-manager.io/docs/usage/certificate/#reissuance-triggered-by-user-actions */
export const certificate: Rule = {
  name: "certificate",
  judge: ({ kind, before, after, fate, fields }) => {
    if (fate !== "apply" || !before || !after) return [];
    if (kind === "Ingress") return ofIngress(before, after);
    if (kind === "ConfigMap") return ofTrusted(before, after);
    if (kind === "Issuer" || kind === "ClusterIssuer") {
      const spec = fields.find((field) => isUnder(field.path, "spec"));
      return spec ? [{ effect: "live change", field: pathText(spec.path), says: "certificates that it signed stay until they are renewed; whoever trusts only the old signer will not trust the new ones" }] : [];
    }
    return kind === "Certificate" ? ofCertificate(before, after, fields.map(({ path }) => path)) : [];
  },
};

function ofIngress(before: Manifest, after: Manifest): readonly Verdict[] {
  const issuer = (manifest: Manifest) => issuerAnnotations.map((name) => manifest.metadata.annotations?.[name]).find((it) => it !== undefined);
  const secrets = (manifest: Manifest) => listAt(manifest, "spec", "tls").map((it) => String(fieldOf(it, "secretName")));
  const other: readonly Verdict[] = issuer(before) === issuer(after) ? [] : [{ effect: "live change", field: "metadata.annotations", says: `a new certificate is asked of ${issuer(after) ?? "nobody"}; whoever trusts only ${issuer(before) ?? "the old one"} will not trust it` }];
  const plain = secrets(before).length > 0 && secrets(after).length === 0;
  if (plain) return [...other, { effect: "outage", field: "spec.tls", says: "it answers with no certificate of its own" }];
  return JSON.stringify(secrets(before)) === JSON.stringify(secrets(after)) ? other : [...other, { effect: "live change", field: "spec.tls", says: "it serves another certificate, and the ingress' own until that is issued" }];
}

function ofCertificate(before: Manifest, after: Manifest, paths: readonly (readonly string[])[]): readonly Verdict[] {
  const names = (manifest: Manifest) => ["dnsNames", "ipAddresses", "uris"].flatMap((field) => textsAt(manifest, "spec", field));
  const gone = names(before).filter((name) => !names(after).includes(name));
  if (fieldOf(before, "spec", "isCA") === true && paths.some((path) => isUnder(path, "spec"))) return [{ effect: "outage", field: "spec", says: "a signer is issued anew: nothing that it signed is trusted by whoever gets the new one, until each is renewed" }];
  if (gone.length) return [{ effect: "outage", field: "spec.dnsNames", says: `the new certificate is not valid for ${gone.join(", ")}` }];
  if (paths.some((path) => isUnder(path, "spec", "secretName"))) return [{ effect: "live change", field: "spec.secretName", says: "it is issued into another Secret; the old one stays, and is renewed no more" }];
  return paths.some((path) => isUnder(path, "spec")) ? [{ effect: "live change", field: "spec", says: "it is issued anew into the same Secret" }] : [];
}

/** Certificates in configuration are whom its readers believe. */
function ofTrusted(before: Manifest, after: Manifest): readonly Verdict[] {
  const blocks = (map: Manifest) => Object.values(fieldOf(map, "data") ?? {}).flatMap((text) => String(text).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((block) => block.replace(/\s+/g, ""));
  const was = blocks(before);
  const { come: { length: come }, gone: { length: gone } } = comeAndGone(was, blocks(after));
  return [
    ...(gone ? [{ effect: "outage" as const, field: "data", says: `whoever reads it no longer believes ${gone} of ${was.length} ${was.length === 1 ? "certificate" : "certificates"}: who shows one that ${gone === 1 ? "it" : "they"} signed is refused` }] : []),
    ...(come ? [{ effect: "live change" as const, field: "data", opens: true as const, says: `whoever reads it believes ${come} ${come === 1 ? "certificate" : "certificates"} more` }] : []),
  ];
}
