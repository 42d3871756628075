import { classExists } from "../../engine/checks/manifests/class-exists";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const claim = (storageClassName: string) => object("PersistentVolumeClaim", "data", { spec: { storageClassName } });
const clusterObject = (kind: string, name: string): Manifest => ({ apiVersion: "v1", kind, metadata: { name } });
const found = (...objects: readonly Manifest[]) => classExists(builtFrom(objects).built).map((it) => it.found);

test.each([
  ["a claim's class", claim("fast"), "StorageClass fast"],
  ["an ingress class", object("Ingress", "app", { spec: { ingressClassName: "haproxy" } }), "IngressClass haproxy"],
  ["a pod's priority", deployment({ pod: { priorityClassName: "urgent" } }), "PriorityClass urgent"],
  ["a priority among those of several parts", object("CephCluster", "ceph", { spec: { priorityClassNames: { all: "lab-node", mon: "urgent" } } }), "PriorityClass urgent"],
  ["a pod's runtime", deployment({ pod: { runtimeClassName: "gvisor" } }), "RuntimeClass gvisor"],
  ["an issuer", object("Certificate", "app", { spec: { issuerRef: { kind: "ClusterIssuer", name: "lab" } } }), "ClusterIssuer lab"],
  ["an issuer in an annotation", object("Ingress", "app", { metadata: { name: "app", namespace: "app", annotations: { "cert-manager.io/cluster-issuer": "lab" } } }), "ClusterIssuer lab"],
  ["a secret store", object("ExternalSecret", "app", { spec: { secretStoreRef: { kind: "ClusterSecretStore", name: "vault" } } }), "ClusterSecretStore vault"],
  ["a secret store among several", object("PushSecret", "app", { spec: { secretStoreRefs: [{ kind: "ClusterSecretStore", name: "vault" }] } }), "ClusterSecretStore vault"],
  ["a generator", object("ExternalSecret", "app", { spec: { dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "key" } } }] } }), "Password key"],
  ["a class deep in a custom resource", object("Prometheus", "app", { spec: { storage: { volumeClaimTemplate: { spec: { storageClassName: "fast" } } } } }), "StorageClass fast"],
])("%s that nothing makes is named", (_, manifest, what) => {
  expect(found(manifest)).toEqual([expect.stringContaining(`names ${what}, and nothing on one makes it`)]);
});

test("what another object of the cluster makes is there", () => {
  expect(found(claim("fast"), clusterObject("StorageClass", "fast"))).toEqual([]);
  expect(found(object("Certificate", "app", { spec: { issuerRef: { name: "own" } } }), object("Issuer", "own"))).toEqual([]);
});

test("an issuer of another namespace is not there", () => {
  const elsewhere = { ...object("Issuer", "own"), metadata: { name: "own", namespace: "elsewhere" } };
  expect(found(object("Certificate", "app", { spec: { issuerRef: { name: "own" } } }), elsewhere)).toHaveLength(1);
});

test("what Kubernetes and the distribution bring, and the lab's own priorities, are there", () => {
  expect(found(claim("local-path"), deployment({ pod: { priorityClassName: "lab-service", runtimeClassName: "nvidia" } }), deployment({ name: "node", pod: { priorityClassName: "system-node-critical" } }))).toEqual([]);
});
