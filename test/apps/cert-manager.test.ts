import { certManager } from "../../apps/cert-manager/cert-manager";
import { issuedBy } from "../../apps/cert-manager/provides";
import { ordered } from "../../engine/argocd/order";
import { syncWaveAnnotation } from "../../engine/model/sync-wave";
import { build } from "../../engine/build/release";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, objectName } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { builtOf, clusterOf, labOf, manifestsOf, worldOf, worldRunning } from "../lab-of";

const cloudflare = { provider: "cloudflare", email: "ada@test.example" } as const;

test("its issuers and the lab's CA wait for its webhook, and nothing else does", () => {
  const world = worldRunning(place(certManager));
  const [release] = world.releases;
  const waiting = ordered(release!, build(release!, world).manifests).filter(({ metadata }) => metadata.annotations?.[syncWaveAnnotation] === "1");
  expect(waiting.map(objectName).sort()).toEqual(["Certificate/lab-ca", "ClusterIssuer/lab-ca", "Issuer/self-signed"]);
});

test("the CA keeps its key when it is renewed, so that what it signed stays valid", () => {
  const ca = manifestsOf(place(certManager)).find((it) => objectName(it) === "Certificate/lab-ca");
  expect(fieldOf(ca, "spec")).toMatchObject({ isCA: true, duration: "87600h", privateKey: { algorithm: "ECDSA", rotationPolicy: "Never" } });
});

test("under the lab's authority it signs with the cluster's intermediate from the vault, and makes no root", () => {
  const world = worldOf({ authority: { roots: ["root\n"] }, clusters: [clusterOf({ runs: [place(certManager)] })] });
  expect(world.releases[0]?.needs.secrets).toMatchObject({ intermediate: { from: "vault", key: "one-authority", shape: { name: "lab-ca", type: "kubernetes.io/tls" } } });
  const names = builtOf(world).flatMap(({ manifests }) => manifests.map(objectName));
  expect(names).toContain("ClusterIssuer/lab-ca");
  expect(names).not.toContain("Certificate/lab-ca");
});

test("without a choice of ACME there is no issuer of it, no secret and no way to the internet", () => {
  const world = worldRunning(place(certManager));
  const [release] = world.releases;
  expect(manifestsOf(place(certManager)).map(objectName)).not.toContain("ClusterIssuer/acme");
  expect(release?.needs.secrets).toEqual({});
  expect(flowsOf(release!, world).filter(({ to }) => to.kind === "addresses" && to.cidrs.includes("0.0.0.0/0"))).toEqual([]);
});

test("a DNS provider's key comes from the vault, and proves names of the lab's zone alone", () => {
  const placement = place(certManager, { settings: { acme: cloudflare } });
  const issuer = manifestsOf(placement).find((it) => objectName(it) === "ClusterIssuer/acme");
  expect(worldRunning(placement).releases[0]?.needs.secrets).toEqual({ dns: { from: "vault", key: "cloudflare-dns-token" } });
  expect(fieldOf(issuer, "spec", "acme", "solvers")).toEqual([
    { selector: { dnsZones: ["test.example"] }, dns01: { cloudflare: { apiTokenSecretRef: { name: "cert-manager-dns", key: "value" } } } },
  ]);
});

test("Let's Encrypt's staging server is one word away", () => {
  const issuer = manifestsOf(place(certManager, { settings: { acme: { ...cloudflare, server: "staging" } } })).find((it) => objectName(it) === "ClusterIssuer/acme");
  expect(fieldOf(issuer, "spec", "acme", "server")).toBe("https://acme-staging-v02.api.letsencrypt.org/directory");
});

test("a cluster whose certificates come from an issuer that nobody configured is told so", () => {
  const { findings } = resolve(labOf({ clusters: [clusterOf({ provides: { certificates: { ...issuedBy("acme") } }, runs: [place(certManager)] })] }));
  expect(findings.map(({ rule }) => rule)).toEqual(["issuer-configured"]);
});
