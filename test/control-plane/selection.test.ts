import type { KubernetesObject } from "../../tools/control-plane/kubernetes/object";
import type { ReleaseOutput } from "../../tools/control-plane/manifests/lab-output";
import { namesIn, withWhatTheyLeanOn } from "../../tools/control-plane/manifests/leaning";
import { selectedFolders, type SyncedFolder } from "../../tools/control-plane/manifests/synced-folder";

const object = (kind: string, name: string, rest: object = {}): KubernetesObject => ({ apiVersion: "v1", kind, metadata: { name }, ...rest });
const release = (cluster: string, app: string, ...objects: readonly KubernetesObject[]): ReleaseOutput => ({ cluster, app, manifests: objects.map((each) => ({ file: "", object: each })) });

const ollama = release("forge", "ollama", object("Deployment", "ollama", { spec: { template: { spec: { runtimeClassName: "gpu" } } } }));
const gpus = release("forge", "gpus", object("RuntimeClass", "gpu"), object("ExternalSecret", "key", { spec: { secretStoreRef: { kind: "ClusterSecretStore", name: "vault" } } }));
const secrets = release("forge", "secrets", object("ClusterSecretStore", "vault"));
const elsewhere = release("pi", "gpus", object("RuntimeClass", "gpu"));
const webui = release("forge", "open-webui", object("ConfigMap", "gpu"));
const argocd = release("studio", "argo-cd");
const all = [ollama, gpus, secrets, elsewhere, webui, argocd];

test("names are found in fields, annotations and references", () => {
  const ingress = { apiVersion: "v1", kind: "Ingress", metadata: { name: "x", annotations: { "cert-manager.io/cluster-issuer": "ca" } }, spec: { ingressClassName: "traefik" } };
  const pushed = object("PushSecret", "x", { spec: { secretStoreRefs: [{ name: "vault" }] } });
  expect([...namesIn([ingress, pushed])]).toEqual(["ca", "traefik", "vault"]);
});

test("a part has what its releases lean on, and what those lean on, of their own cluster", () => {
  expect(withWhatTheyLeanOn([ollama], all)).toEqual([ollama, gpus, secrets]);
  expect(withWhatTheyLeanOn([webui], all)).toEqual([webui]);
});

const folder = (cluster: string, name: string): SyncedFolder => ({ cluster, name, application: `${cluster}-${name}`, folder: name.startsWith("crds-") ? "config/crds" : `dist/${cluster}/${name}`, repository: "", revision: "", include: "", file: "" });

describe("forge's ollama alone", () => {
  const folders = [...all.map(({ cluster, app }) => folder(cluster, app)), folder("forge", "crds-x"), folder("forge", "argocd-manager"), folder("pi", "crds-x")];

  test("comes with its helpers, its cluster's definitions and access, and the hub's Argo CD", () => {
    const selected = selectedFolders(folders, all, { cluster: "forge", app: "ollama" }, argocd).map(({ application }) => application);
    expect(selected).toEqual(["forge-ollama", "forge-gpus", "forge-secrets", "studio-argo-cd", "forge-crds-x", "forge-argocd-manager"]);
  });

  test("is no part that is not there", () => {
    expect(() => selectedFolders(folders, all, { cluster: "pi", app: "ollama" }, argocd)).toThrow("The lab has no release ollama on pi.");
  });

  test("everything is everything", () => {
    expect(selectedFolders(folders, all, {}, argocd)).toEqual(folders);
  });
});
