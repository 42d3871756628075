import { fieldOf } from "../../engine/model/manifest";
import { image } from "../../engine/model/image";
import { precious, speaks } from "../../engine/model/needs";
import { place, type Adopt } from "../../engine/model/placement";
import { containerApp } from "../../engine/workload/container-app";
import { externalSecrets } from "../../apps/external-secrets/provides";
import { builtOf, clusterOf, manifestsOf, worldOf } from "../lab-of";

const app = containerApp({ name: "webui", image: image("docker.io/library/webui", "1.0"), port: 8080, speaks: "web", stores: { "/data": precious("1Gi") } });
const caller = containerApp({ name: "caller", image: image("docker.io/library/caller", "1.0"), port: 8080, talksTo: { web: speaks("web") } });
const adopted = (adopt: Adopt) => manifestsOf(place(app, { adopt }), place(caller));
const find = (manifests: ReturnType<typeof adopted>, kind: string, name: string) => manifests.find((it) => it.kind === kind && it.metadata.name === name);

test("a running thing keeps its namespace", () => {
  expect(new Set(adopted({ namespace: "ai" }).map((it) => (it.kind === "Namespace" ? it.metadata.name : it.metadata.namespace)))).toEqual(new Set(["ai"]));
});

test("a claim keeps its name, and its pod follows", () => {
  const manifests = adopted({ names: { "PersistentVolumeClaim/webui-data": "webui-storage" } });
  expect(find(manifests, "PersistentVolumeClaim", "webui-storage")).toBeDefined();
  expect(fieldOf(find(manifests, "Deployment", "webui"), "spec", "template", "spec", "volumes", 0, "persistentVolumeClaim", "claimName")).toBe("webui-storage");
});

test("a Service keeps its name, and its Ingress and everything else that calls it follow", () => {
  const manifests = adopted({ names: { "Service/webui": "old-webui" } });
  expect(find(manifests, "Service", "old-webui")).toBeDefined();
  expect(find(manifests, "Service", "webui")).toBeUndefined();
});

test("a generated secret keeps its name: its ExternalSecret, what that makes it with, and what it makes", () => {
  const keeper = containerApp({ name: "keeper", image: image("docker.io/library/keeper", "1.0"), port: 8080, secrets: { KEY: "generated" } });
  const names = Object.fromEntries(["ExternalSecret", "Password", "Secret"].map((kind) => [`${kind}/keeper-key`, "old-key"]));
  const [manifests] = builtOf(worldOf({ clusters: [clusterOf({ provides: { secrets: externalSecrets() }, runs: [place(keeper, { adopt: { names } })] })] })).map((it) => it.manifests);
  const secret = find(manifests ?? [], "ExternalSecret", "old-key");
  expect(fieldOf(secret, "spec", "target", "name")).toBe("old-key");
  expect(fieldOf(secret, "spec", "dataFrom", 0, "sourceRef", "generatorRef", "name")).toBe("old-key");
  expect(find(manifests ?? [], "Password", "old-key")).toBeDefined();
  expect(fieldOf(find(manifests ?? [], "Deployment", "keeper"), "spec", "template", "spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name")).toBe("old-key");
});

test("selectors stay what they were: on the workload, its pods, its Service and its policy", () => {
  const manifests = adopted({ selectors: { webui: { app: "webui" } } });
  const deployment = find(manifests, "Deployment", "webui");
  expect(fieldOf(deployment, "spec", "selector", "matchLabels")).toEqual({ app: "webui" });
  expect(fieldOf(deployment, "spec", "template", "metadata", "labels")).toMatchObject({ app: "webui", "app.kubernetes.io/name": "webui" });
  expect(fieldOf(find(manifests, "Service", "webui"), "spec", "selector")).toEqual({ app: "webui" });
  expect(fieldOf(find(manifests, "NetworkPolicy", "webui"), "spec", "podSelector", "matchLabels")).toEqual({ app: "webui" });
});

test("what only observes denies nothing and enforces no Pod Security", () => {
  const manifests = manifestsOf(place(app, { enforcement: "observe" }));
  expect(manifests.filter((it) => it.kind === "NetworkPolicy")).toEqual([]);
  expect(Object.keys(find(manifests, "Namespace", "webui")?.metadata.labels ?? {}).filter((label) => label.startsWith("pod-security"))).toEqual(["pod-security.kubernetes.io/warn", "pod-security.kubernetes.io/audit"]);
});
