import { ordered } from "../../engine/argocd/order";
import type { Manifest } from "../../engine/model/manifest";
import { fieldOf } from "../../engine/model/manifest";
import type { Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";
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

test("without a webhook there are no waves at all", () => {
  expect(waves(applied([deployment, pool, claim, loadBalancer]))).toEqual([undefined, undefined, undefined, undefined]);
});

test("Applications need no order among each other: none steps back from automated sync, each tries until what it needs is there", () => {
  const set = pointed(syncedFrom(hubAndSpoke([place(appOf())])), "ApplicationSet", "one");
  expect(fieldOf(set, "spec", "strategy")).toBeUndefined();
  expect(fieldOf(set, "spec", "template", "spec", "syncPolicy", "retry", "limit")).toBe(-1);
  expect(fieldOf(set, "metadata", "annotations", "argocd.argoproj.io/sync-wave")).toBeUndefined();
});
