import { keyExists } from "../../engine/checks/manifests/key-exists";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const found = (...objects: readonly Manifest[]) => keyExists(builtFrom(objects).built).map((it) => it.found);
const external = (spec: object) => object("ExternalSecret", "key", { spec });
const reading = (key: string) => deployment({ container: { env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: "key", key } } }] } });

test("a key that the Secret will not have is named", () => {
  expect(found(external({ target: { template: { data: { value: "x" } } } }), reading("values"))).toEqual(['Deployment/app reads key "values" of Secret/key']);
  expect(found(external({ data: [{ secretKey: "value" }] }), reading("values"))).toHaveLength(1);
});

test("a key that it will have is there, and so is what is optional", () => {
  expect(found(external({ target: { template: { data: { value: "x" } } } }), reading("value"))).toEqual([]);
  const optional = deployment({ container: { env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: "key", key: "other", optional: true } } }] } });
  expect(found(external({ data: [{ secretKey: "value" }] }), optional)).toEqual([]);
});

test("a ConfigMap's key is read in variables and in mounted items", () => {
  const files = object("ConfigMap", "files", { data: { "app.yaml": "" } });
  const mounting = (key: string) => deployment({ pod: { volumes: [{ name: "files", configMap: { name: "files", items: [{ key, path: "x" }] } }] } });
  expect(found(files, mounting("app.yaml"))).toEqual([]);
  expect(found(files, mounting("app.yml"))).toEqual(['Deployment/app reads key "app.yml" of ConfigMap/files']);
});

test("a custom resource reads keys, too; a certificate's Secret has three", () => {
  const certificate = object("Certificate", "tls", { apiVersion: "cert-manager.io/v1", spec: { secretName: "key" } });
  const receiver = (key: string) => object("AlertmanagerConfig", "app", { apiVersion: "monitoring.coreos.com/v1alpha1", spec: { receivers: [{ urlSecret: { name: "key", key } }] } });
  expect(found(certificate, receiver("tls.crt"))).toEqual([]);
  expect(found(certificate, receiver("url"))).toEqual(['AlertmanagerConfig/app reads key "url" of Secret/key']);
});

test("of a Secret that a controller fills nobody knows the keys", () => {
  expect(found(object("Secret", "key", {}), reading("anything"))).toEqual([]);
  expect(found(external({ dataFrom: [{ extract: { key: "x" } }] }), reading("anything"))).toEqual([]);
});

test("one file of a volume is the key of that name, unless its items say otherwise", () => {
  const mounting = (subPath: string, items?: readonly object[]) => [
    object("ConfigMap", "settings", { data: { "app.ini": "" } }),
    deployment({ container: { volumeMounts: [{ name: "settings", mountPath: "/etc/app.ini", subPath }] as never }, pod: { volumes: [{ name: "settings", configMap: { name: "settings", ...(items ? { items } : {}) } }] } }),
  ];
  expect(found(...mounting("app.inn"))).toEqual(['Deployment/app reads key "app.inn" of ConfigMap/settings']);
  expect(found(...mounting("app.ini"))).toEqual([]);
  expect(found(...mounting("other.ini", [{ key: "app.ini", path: "other.ini" }]))).toEqual([]);
});
