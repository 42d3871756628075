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

test("a template takes what is fetched for it", () => {
  const templated = (text: string, rest: object = {}) => found(external({ data: [{ secretKey: "value" }], target: { template: { data: { file: text } } }, ...rest }));
  expect(templated('{{ .value | filterPEM "a .key of text" }} {{ index . "value" }} {{ (.value | fromJson).user }} {{- $x := .value }}{{ $x.other }}')).toEqual([]);
  expect(templated("{{ .valu }}")).toEqual(['ExternalSecret/key\'s template reads key "valu" of ExternalSecret/key']);
  expect(templated('{{ index . "valu" }}')).toHaveLength(1);
  expect(templated("{{ range .value }}{{ .item }}{{ end }}")).toEqual([]);
  expect(templated("{{ .anything }}", { dataFrom: [{ extract: { key: "x" } }] })).toEqual([]);
});

test("a generator makes the keys that it says, or one", () => {
  const generator = (spec: object) => object("Password", "dice", { spec });
  const drawn = (text: string) => external({ dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "dice" } } }], target: { template: { data: { value: text } } } });
  expect(found(generator({}), drawn("{{ .password }}"))).toEqual([]);
  expect(found(generator({ secretKeys: ["value"] }), drawn("{{ .value }}"))).toEqual([]);
  expect(found(generator({ secretKeys: ["value"] }), drawn("{{ .password }}"))).toEqual(['ExternalSecret/key\'s template reads key "password" of ExternalSecret/key']);
});

test("what is pushed to a vault is a key of the Secret or of the generator", () => {
  const pushing = (secretKey: string, selector: object) => object("PushSecret", "away", { spec: { selector, data: [{ match: { secretKey } }] } });
  const [secret, generator] = [{ secret: { name: "key" } }, { generatorRef: { kind: "Password", name: "dice" } }];
  const there = [external({ data: [{ secretKey: "value" }] }), object("Password", "dice", { spec: { secretKeys: ["value"] } })];
  expect(found(...there, pushing("value", secret), pushing("value", generator))).toEqual([]);
  expect(found(...there, pushing("password", secret))).toEqual(['PushSecret/away reads key "password" of Secret/key']);
  expect(found(...there, pushing("password", generator))).toEqual(['PushSecret/away reads key "password" of Password/dice']);
});

describe("a key of the vault that hearth makes for a release is pushed there", () => {
  const store = (name: string, provider: object) => object("ClusterSecretStore", name, { metadata: { name }, spec: { provider } });
  const stores = [store("vault", { gcpsm: { projectID: "lab" } }), store("same", { gcpsm: {} }), store("other", { github: {} })];
  const at = (name: string) => ({ kind: "ClusterSecretStore", name });
  const reading = (key: string) => external({ secretStoreRef: at("vault"), data: [{ secretKey: "value", remoteRef: { key } }] });
  const pushing = (remoteKey: string, to: object = at("vault")) => object("PushSecret", "away", { spec: { secretStoreRefs: [to], data: [{ match: { remoteRef: { remoteKey } } }] } });
  const missing = 'ExternalSecret/key reads key "one_app_key" of ClusterSecretStore/vault';

  test("under the same name, into the same vault", () => {
    expect(found(...stores, reading("one_app_key"), pushing("one_app_key"))).toEqual([]);
    expect(found(...stores, reading("one_app_key"), pushing("one_app_key", at("same")))).toEqual([]);
    expect(found(...stores, reading("one_app_key"), pushing("one_app_key", { labelSelector: {} }))).toEqual([]);
    expect(found(...stores, reading("one_app_key"))).toEqual([missing]);
    expect(found(...stores, reading("one_app_key"), pushing("one_app_kye"))).toEqual([missing]);
    expect(found(...stores, reading("one_app_key"), pushing("one_app_key", at("other")))).toEqual([missing]);
    expect(found(...stores, external({ secretStoreRef: at("vault"), dataFrom: [{ extract: { key: "one_app_key" } }] }))).toEqual([missing]);
  });

  test("what an owner puts there, what another cluster pushes and what a release that is gone left behind is not known", () => {
    for (const key of ["phone-url", "two_app_key", "one_gone_key", "my_own_app_key"]) expect(found(...stores, reading(key))).toEqual([]);
  });
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
