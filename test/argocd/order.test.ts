import { ordered } from "../../engine/argocd/order";
import type { Manifest } from "../../engine/model/manifest";
import { fieldOf } from "../../engine/model/manifest";
import { image } from "../../engine/model/image";
import { precious, type Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf, worldRunning } from "../lab-of";
import { hubAndSpoke, pointed, syncedFrom, syncOptions } from "./hub";

const object = (apiVersion: string, kind: string, rest: object = {}, name = "it"): Manifest => ({ apiVersion, kind, metadata: { name }, ...rest });

const pool = object("metallb.io/v1beta1", "IPAddressPool");
const deployment = object("apps/v1", "Deployment");
const webhook = object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", { webhooks: [{ rules: [{ apiGroups: ["metallb.io"], resources: ["ipaddresspools"] }] }] });
const claim = object("v1", "PersistentVolumeClaim");
const loadBalancer = object("v1", "Service", { spec: { type: "LoadBalancer" } });

function applied(manifests: readonly Manifest[], app: { readonly needs?: Needs; readonly crds?: readonly string[] } = {}): readonly Manifest[] {
  const [release] = worldRunning(place(appOf(app))).releases;
  if (!release) throw new Error("the release was not resolved");
  return ordered(release, manifests);
}
const waves = (manifests: readonly Manifest[]) => manifests.map((manifest) => manifest.metadata.annotations?.["argocd.argoproj.io/sync-wave"]);

test("the dry run of a custom resource is left out where another Application brings its CRD", () => {
  expect(applied([pool]).map(syncOptions)).toEqual([["SkipDryRunOnMissingResource=true"]]);
});

test("the dry run of everything else is kept: built-in kinds, and kinds whose CRD comes along", () => {
  const definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: { group: "metallb.io", names: { kind: "IPAddressPool" } } });
  expect(applied([deployment, webhook, definition, pool]).map(syncOptions)).toEqual([[], [], [], []]);
});

test("what a release's own webhook must answer for waits until the webhook's Deployment is healthy", () => {
  expect(waves(applied([deployment, webhook, pool]))).toEqual([undefined, undefined, "1"]);
});

test("a custom resource that the webhook is not asked about does not wait", () => {
  const certificate = object("cert-manager.io/v1", "Certificate");
  expect(waves(applied([webhook, certificate]))).toEqual([undefined, undefined]);
});

test("where a controller writes the webhook's configuration itself, every kind of its operator waits", () => {
  const app = { crds: ["metallb"], needs: { exposes: { webhook: { port: 9443, scheme: "https", reach: "cluster", webhook: true } } } } as const;
  expect(waves(applied([deployment, pool], app))).toEqual([undefined, "1"]);
});

test("the first wave waits for nothing that somebody else must do", () => {
  expect(waves(applied([webhook, pool, claim, loadBalancer, object("networking.k8s.io/v1", "Ingress")]))).toEqual([undefined, "1", "1", "1", "1"]);
  const mounting = object("apps/v1", "Deployment", { spec: { template: { spec: { containers: [], volumes: [{ name: "it", persistentVolumeClaim: { claimName: "it" } }] } } } });
  expect(waves(applied([webhook, pool, claim, mounting]))).toEqual([undefined, "1", undefined, undefined]);
});

test("what was precious comes back before anything of a release starts, and what a webhook answers for still waits for it", () => {
  const backup = { runs: ["velero"], protect: () => undefined, parts: () => [], firstStart: { component: "first-start", image: image("docker.io/library/node", "24") } } as const;
  const [release] = worldOf({ clusters: [clusterOf({ provides: { backup }, runs: [place(appOf({ needs: { stores: { data: precious("1Gi") } } }))] })] }).releases;
  const job: Manifest = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "it", labels: { "app.kubernetes.io/component": "first-start" } } };
  const before = [object("v1", "Namespace"), object("v1", "ConfigMap"), object("external-secrets.io/v1", "ExternalSecret")];
  const merged = object("external-secrets.io/v1", "ExternalSecret", { spec: { target: { creationPolicy: "Merge" } } });
  const all = ordered(release!, [...before, job, merged, claim, deployment, webhook, pool]);
  expect(waves(all)).toEqual([undefined, undefined, undefined, undefined, "1", "2", "1", "1", "2"]);
  expect(all[before.length]?.metadata.annotations?.["argocd.argoproj.io/hook"]).toBe("Sync");
});

test("without a webhook there are no waves at all", () => {
  expect(waves(applied([deployment, pool, claim, loadBalancer]))).toEqual([undefined, undefined, undefined, undefined]);
});

test("Applications need no order among each other: none steps back from automated sync, each tries until what it needs is there", () => {
  const set = pointed(syncedFrom(hubAndSpoke([place(appOf())])), "ApplicationSet", "one");
  expect(fieldOf(set, "spec", "strategy")).toBeUndefined();
  expect(fieldOf(set, "spec", "template", "spec", "syncPolicy", "retry", "limit")).toBe(-1);
  expect(fieldOf(set, "metadata", "annotations", "argocd.argoproj.io/sync-wave")).toBeUndefined();
});
