import { ApiObject } from "cdk8s";
import type { Made } from "../../../engine/model/makes";
import type { Manifest } from "../../../engine/model/manifest";
import { precious, rebuildable, type Needs } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { syncWaveAnnotation } from "../../../engine/model/sync-wave";
import { startsInOrder } from "../../../engine/proofs/order/starts-in-order";
import { leansOn, waitsOn } from "../../../engine/proofs/order/waits";
import { synthesize } from "../../../engine/synth";
import { appOf, clusterOf, labOf, testProviders, worldOf } from "../../lab-of";
import { importsDir } from "../../labs";

const object = (apiVersion: string, kind: string, rest: object = {}): Manifest => ({ apiVersion, kind, metadata: { name: "it", namespace: "a" }, ...rest });
const clusterObject = (apiVersion: string, kind: string, rest: object = {}): Manifest => ({ apiVersion, kind, metadata: { name: "it" }, ...rest });
const webhook = (failurePolicy?: string, group = "cert-manager.io") => clusterObject("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", { webhooks: [{ rules: [{ apiGroups: [group], resources: ["*"] }], ...(failurePolicy ? { failurePolicy } : {}) }] });
const certificate = object("cert-manager.io/v1", "Certificate", { spec: { issuerRef: { kind: "ClusterIssuer", name: "it" } } });
const definition = clusterObject("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: { group: "cert-manager.io", names: { kind: "Certificate" } } });
const namespace = (wave?: string): Manifest => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "a", ...(wave ? { annotations: { [syncWaveAnnotation]: wave } } : {}) } });

/** What "a" waits for, where "b" consists of these objects. */
function waits(ofA: readonly Manifest[], ofB: readonly Manifest[], a: { readonly crds?: readonly string[]; readonly makes?: readonly Made[] } = {}, nameOfB = "b", edgesOf = waitsOn) {
  const world = worldOf({ clusters: [clusterOf({ runs: [place(appOf({ name: "a", ...a })), place(appOf({ name: nameOfB }))] })] });
  return edgesOf(world.releases.map((release, index) => ({ release, manifests: index === 0 ? ofA : ofB, findings: [] }))).map(({ from, to, because }) => `${from} → ${to}: ${because}`);
}

test.each([
  ["a webhook that must answer for it", [certificate], [webhook()], "Certificate/it is what its webhook answers for"],
  ["an issuer", [certificate], [clusterObject("cert-manager.io/v1", "ClusterIssuer")], "Certificate/it names ClusterIssuer it"],
  ["a storage class", [object("v1", "PersistentVolumeClaim", { spec: { storageClassName: "it" } })], [clusterObject("storage.k8s.io/v1", "StorageClass")], "PersistentVolumeClaim/it names StorageClass it"],
  ["a secret store", [object("external-secrets.io/v1", "ExternalSecret", { spec: { secretStoreRef: { kind: "ClusterSecretStore", name: "it" } } })], [clusterObject("external-secrets.io/v1", "ClusterSecretStore")], "ExternalSecret/it names ClusterSecretStore it"],
  ["a runtime class", [object("apps/v1", "Deployment", { spec: { template: { spec: { runtimeClassName: "it", containers: [] } } } })], [clusterObject("node.k8s.io/v1", "RuntimeClass")], "Deployment/it names RuntimeClass it"],
  ["a priority class", [object("apps/v1", "Deployment", { spec: { template: { spec: { priorityClassName: "it", containers: [] } } } })], [clusterObject("scheduling.k8s.io/v1", "PriorityClass")], "Deployment/it names PriorityClass it"],
  ["a definition of a later wave", [certificate], [{ ...definition, metadata: { name: "it", annotations: { [syncWaveAnnotation]: "1" } } }], "Certificate/it needs its kind's definition, which comes there in wave 1"],
  ["a namespace of a later wave", [object("v1", "ConfigMap")], [namespace("1")], "ConfigMap/it is in namespace a, which comes there in wave 1"],
])("what another release brings is waited for: %s", (_, ofA, ofB, because) => {
  expect(waits(ofA, ofB)).toEqual([`one/a → one/b: ${because}`]);
});

test("a release whose pods are all made by another's operator waits for that one", () => {
  const makes = [{ component: "server", labels: {}, count: 1, requests: { cpu: "1", memory: "1Gi" } }] as const;
  expect(waits([object("v1", "ConfigMap")], [], { crds: ["keeper"], makes }, "keeper")).toEqual(["one/a → one/keeper: which makes all its pods"]);
  expect(waits([object("apps/v1", "Deployment", { spec: { template: { spec: { containers: [] } } } })], [], { crds: ["keeper"], makes }, "keeper")).toEqual([]);
});

test.each([
  ["a webhook that fails open", [certificate], [webhook("Ignore")]],
  ["a webhook of other kinds", [certificate], [webhook("Fail", "metallb.io")]],
  ["a definition and a namespace that come at once", [certificate], [definition, namespace()]],
  ["an ingress class", [object("networking.k8s.io/v1", "Ingress", { spec: { ingressClassName: "it" } })], [clusterObject("networking.k8s.io/v1", "IngressClass")]],
])("and no more than that: %s", (_, ofA, ofB) => {
  expect(waits(ofA, ofB)).toEqual([]);
});

test.each([
  ["a definition that comes at once", [certificate], [definition], "Certificate/it needs its kind's definition"],
  ["a namespace that comes at once", [object("v1", "ConfigMap")], [namespace()], "ConfigMap/it is in namespace a"],
  ["an ingress class", [object("networking.k8s.io/v1", "Ingress", { spec: { ingressClassName: "it" } })], [clusterObject("networking.k8s.io/v1", "IngressClass")], "Ingress/it names IngressClass it"],
  ["what it waits for", [certificate], [clusterObject("cert-manager.io/v1", "ClusterIssuer")], "Certificate/it names ClusterIssuer it"],
])("but objects cannot be without it: %s", (_, ofA, ofB, because) => {
  expect(waits(ofA, ofB, {}, "b", leansOn)).toEqual([`one/a → one/b: ${because}`]);
});

test("its own webhook is a matter of its waves", () => {
  expect(waits([certificate, webhook()], [])).toEqual([]);
});

/** "a" keeps data on "b"'s storage; "b" consists of these objects. */
function circles(ofB: readonly Manifest[], ofA: readonly Manifest[]) {
  const storage = { precious: { ...testProviders.storage["precious"]!, backedBy: "b" } };
  const needs: Needs = { stores: { data: precious("1Gi") } };
  const world = worldOf({ clusters: [clusterOf({ provides: { storage }, runs: [place(appOf({ name: "a", needs })), place(appOf({ name: "b" }))] })] });
  const built = world.releases.map((release, index) => ({ release, manifests: index === 0 ? ofA : ofB, findings: [] }));
  return startsInOrder([...world.startEdges(), ...waitsOn(built)]).map(({ found }) => found);
}

test("storage whose objects wait for the webhook of what is stored on it: the circle is printed whole", () => {
  expect(circles([certificate], [webhook()])).toEqual(["a circle: one/a waits for one/b (stores.data), one/b waits for one/a (Certificate/it is what its webhook answers for)"]);
});

test("without the webhook there is an order", () => {
  expect(circles([certificate], [])).toEqual([]);
});

test("synth writes nothing where objects of a release can never be accepted", () => {
  const written = (name: string, objects: readonly Manifest[], needs: Needs = {}) =>
    appOf({ name, needs, crds: ["cert-manager"], build: (chart) => objects.forEach(({ metadata, ...rest }, index) => void new ApiObject(chart, `it-${index}`, { ...rest, metadata: { name: metadata.name } })) });
  const storage = { ...testProviders.storage, rebuildable: { ...testProviders.storage["rebuildable"]!, backedBy: "b" } };
  const closing = written("a", [clusterObject("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", { webhooks: [{ name: "it.a.example", admissionReviewVersions: ["v1"], sideEffects: "None", clientConfig: { url: "https://a.example/" }, rules: [{ apiGroups: ["cert-manager.io"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["issuers"] }] }] })], { stores: { data: rebuildable("1Gi") } });
  const issuer: Manifest = { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: "it" }, spec: { selfSigned: {} } };
  const { findings, tree } = synthesize(labOf({ clusters: [clusterOf({ provides: { storage }, runs: [place(closing), place(written("b", [issuer]))] })], gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "existing", hub: "one", namespace: "argocd" } }), importsDir);
  expect(findings.filter(({ rule }) => rule === "starts-in-order").map(({ found }) => found)).toEqual(["a circle: one/a waits for one/b (stores.data), one/b waits for one/a (Issuer/it is what its webhook answers for)"]);
  expect(tree.size).toBe(0);
});
