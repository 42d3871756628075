import { objectExists } from "../../engine/checks/manifests/object-exists";
import type { Manifest } from "../../engine/model/manifest";
import { appOf, builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const pod = {
  serviceAccountName: "app",
  volumes: [
    { name: "config", configMap: { name: "config" } },
    { name: "key", secret: { secretName: "key" } },
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
    { name: "all", projected: { sources: [{ secret: { name: "tls" } }, { configMap: { name: "ca", optional: true } }] } },
  ],
};
const container = { env: [{ name: "K", valueFrom: { secretKeyRef: { name: "env", key: "k" } } }], envFrom: [{ secretRef: { name: "all" } }] };
const made = { component: "x", labels: {}, count: 1, requests: { cpu: "1", memory: "1Gi" }, objects: ["Secret/all"] } as const;
const found = (manifests: readonly Manifest[], app = appOf()) =>
  objectExists(builtFrom([deployment({ pod, container }), ...manifests], app).built).map((it) => it.found.split(" ")[2]);

test("every object that a pod needs and nothing makes is found", () => {
  expect(found([])).toEqual([
    "ServiceAccount/app,",
    "PersistentVolumeClaim/data,",
    "ConfigMap/config,",
    "Secret/key,",
    "Secret/tls,",
    "Secret/env,",
    "Secret/all,",
  ]);
});

test("objects of the release, of grants and of controllers are there", () => {
  const written = [object("ServiceAccount", "app"), object("PersistentVolumeClaim", "data"), object("ConfigMap", "config"), object("Secret", "key")];
  const granted = [object("ExternalSecret", "x", { spec: { target: { name: "env" } } }), object("Certificate", "x", { spec: { secretName: "tls" } })];
  expect(found([...written, ...granted], appOf({ makes: [made] }))).toEqual([]);
});

test("an object of another namespace does not count", () => {
  const elsewhere = { ...object("ServiceAccount", "app"), metadata: { name: "app", namespace: "kube-system" } };
  expect(found([elsewhere])).toContain("ServiceAccount/app,");
});
