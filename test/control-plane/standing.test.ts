import { image, reference } from "../../engine/model/image";
import { nodeOn } from "../../engine/model/cluster";
import { place } from "../../engine/model/placement";
import { containerApp } from "../../engine/workload/container-app";
import { actsUnderItsAccounts, refusalsIn } from "../../tools/control-plane/assertions/argocd-accounts";
import { degradable } from "../../tools/control-plane/assertions/degraded-neighbour";
import { differs, probesOf, type Probe } from "../../tools/control-plane/assertions/fit";
import { nothingIsIgnored } from "../../tools/control-plane/assertions/ignored-differences";
import { unenforced } from "../../tools/control-plane/assertions/namespaces";
import { standsWrong, type PlacedPod } from "../../tools/control-plane/assertions/node-kind";
import type { KubernetesObject } from "../../tools/control-plane/kubernetes/object";
import { standInLines } from "../../tools/control-plane/run/stand-in-report";
import { Vault } from "../../tools/control-plane/stand-ins/vault";
import { builtOf, clusterOf, hostOf, worldOf } from "../lab-of";

const object = (kind: string, rest: object = {}, metadata: object = {}): KubernetesObject => ({ apiVersion: "v1", kind, ...rest, metadata: { name: "it", ...metadata } });

test.each([
  ["restricted", undefined],
  ["privileged", undefined],
  ["strict", "namespace it has strict, which is no level"],
])("a namespace that enforces %s: %s", (level, problem) => {
  expect(unenforced(object("Namespace", {}, { labels: { "pod-security.kubernetes.io/enforce": level } }))).toBe(problem);
});

test("a namespace may watch before it enforces, but not say nothing", () => {
  expect(unenforced(object("Namespace", {}, { labels: { "pod-security.kubernetes.io/audit": "restricted" } }))).toBeUndefined();
  expect(unenforced(object("Namespace"))).toBe("namespace it has none");
});

describe("Argo CD on a cluster", () => {
  const event = (username: string, userAgent: string, code = 200) => ({ verb: "get", user: { username }, userAgent, objectRef: { resource: "pods" }, responseStatus: { code }, requestURI: "/" });
  const own = event("system:serviceaccount:argocd:controller", "argocd/v0.0.0");

  test("works under its own accounts", () => {
    expect(actsUnderItsAccounts("pi", [own, event("admin", "kubectl")], "argocd")).toEqual({ says: "pi: Argo CD works under its own accounts of argocd and is refused nothing (requests: controller: 1)", problems: [] });
  });

  test("is noticed as somebody else, refused, or not there at all", () => {
    expect(actsUnderItsAccounts("pi", [own, event("admin", "argocd/v0.0.0")], "argocd").problems).toEqual(["1 requests as admin"]);
    expect(actsUnderItsAccounts("pi", [own, event("system:serviceaccount:argocd:controller", "argocd", 403)], "argocd").problems).toEqual(["argocd:controller may not get pods"]);
    expect(actsUnderItsAccounts("pi", [], "argocd").problems).toEqual(["it has asked for nothing under its own account"]);
  });

  test("tells each refusal in its log once", () => {
    const line = JSON.stringify({ level: "error", msg: "pods is forbidden: \"no\"" });
    expect(refusalsIn(`${line}\n${line}\n{"msg":"all is well"}\n`)).toHaveLength(1);
    expect(refusalsIn('{"msg":"all is well"}\n{"msg":"spec.items.$ref: Forbidden: $ref is not supported"}\n')).toEqual([]);
  });

  test("looks away from nothing", () => {
    const seeing = object("ConfigMap", { data: { "resource.customizations.ignoreResourceUpdates.all": "" } });
    expect(nothingIsIgnored([object("Application")], seeing).problems).toEqual([]);
    const blind = object("ConfigMap", { data: { "resource.customizations.ignoreDifferences.apps_Deployment": "" } });
    expect(nothingIsIgnored([object("Application", { spec: { ignoreDifferences: [] } })], blind).problems).toEqual(["Application it has ignoreDifferences", "argocd-cm has resource.customizations.ignoreDifferences.apps_Deployment"]);
  });
});

describe("a pod's node", () => {
  const built = image("docker.io/library/app", "1.0", { architectures: ["arm64"] });
  const app = containerApp({ name: "app", image: built, port: 8080 });
  const world = worldOf({ clusters: [clusterOf({ runs: [place(app, { on: { fast: "yes" } })] })] });
  const release = { ...world.releases[0]!, needs: { gpu: { vendor: "nvidia", count: 1, memory: "24Gi" } } } as const;
  const node = (host: Parameters<typeof hostOf>[0], labels = {}) => nodeOn(hostOf(host), { network: "lan", role: "worker", labels });
  const pod = (limits: Readonly<Record<string, unknown>> = {}, name = reference(built)): PlacedPod => ({ metadata: { namespace: "app", name: "app-1", labels: {} }, spec: { nodeName: "one-1", containers: [{ image: name, resources: { limits } }], initContainers: [] } });

  test("is right with its image's architecture, the placement's labels and a GPU that is large enough", () => {
    const right = node({ arch: "arm64", gpus: [{ vendor: "nvidia", model: "x", memory: "48Gi" }] }, { fast: "yes" });
    expect(standsWrong(pod({ "nvidia.com/gpu": "1" }), release, right)).toEqual([]);
  });

  test("is wrong without any of them", () => {
    const wrong = node({ arch: "amd64", gpus: [{ vendor: "nvidia", model: "x", memory: "16Gi" }] });
    expect(standsWrong(pod({ "nvidia.com/gpu": "1" }), release, wrong)).toEqual([
      "stands on one-1 (amd64), and docker.io/library/app:1.0 is built for arm64",
      "stands on one-1, which is not fast=yes",
      "stands on one-1, which has no nvidia GPU with 24Gi",
    ]);
    expect(standsWrong(pod({}, "docker.io/other:1"), release, node({ arch: "arm64" }, { fast: "yes" }))).toEqual(["runs docker.io/other:1, which one/app does not name"]);
  });
});

describe("copies to try the proof of fit with", () => {
  const running = (memory: "2Gi" | "40Gi") => {
    const runs = [place(containerApp({ name: "app", image: image("docker.io/library/app", "1.0"), port: 8080, cpu: "10", memory }))];
    const world = worldOf({ clusters: [clusterOf({ runs })] });
    return probesOf(world.lab.clusters[0]!, builtOf(world)).map(({ deployment, homeless }) => [deployment.metadata.name, homeless]);
  };

  test("a small one fits, one larger than any node does not", () => {
    expect(running("2Gi")).toEqual([["small", []], ["too-large", ["Deployment/too-large"]]]);
  });

  test("what the proof names and the scheduler leaves Pending is the same pod, or none", () => {
    const probe = (homeless: readonly string[]): Probe => ({ deployment: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "copy" } }, homeless });
    const [scheduled, pending] = [{ runs: true, message: "" }, { runs: false, message: "0/1 nodes are available" }];
    expect([...differs(probe([]), scheduled), ...differs(probe(["Deployment/copy"]), pending)]).toEqual([]);
    expect(differs(probe(["Deployment/copy"]), scheduled)).toEqual(["copy: the proof finds no node for Deployment/copy, and the scheduler for nobody"]);
    expect(differs(probe(["Deployment/app"]), pending)).toEqual(["copy: the proof finds no node for Deployment/app, and the scheduler for Deployment/copy: 0/1 nodes are available"]);
    expect(differs(probe([]), pending)).toEqual(["copy: the proof finds no node for nobody, and the scheduler for Deployment/copy: 0/1 nodes are available"]);
  });

  test("a cluster without a Deployment has none", () => {
    expect(probesOf(clusterOf(), [])).toEqual([]);
  });
});

test("an Application is degraded through a key of the vault, and through none that an operator makes", () => {
  const secret = (rest: object): KubernetesObject => ({ ...object("ExternalSecret", { spec: rest }), apiVersion: "external-secrets.io/v1" });
  expect(degradable("a", [object("Secret"), secret({ dataFrom: [{}] }), secret({ data: [{ remoteRef: { key: "k" } }] })])).toMatchObject({ application: "a", key: "k" });
  expect(degradable("a", [secret({ data: [{ remoteRef: { key: "k" } }], target: { creationPolicy: "Merge" } })])).toBeUndefined();
});

test("a key that the vault has lost is missing until it is put back", () => {
  const vault = new Vault();
  const value = vault.lose("k");
  expect(vault.read("k")).toBeUndefined();
  vault.put("k", value);
  expect(vault.read("k")).toBe(value);
});

test("the report names whoever is played, whose webhooks are answered, and which definitions stand in", () => {
  const play = { played: () => [{ operator: "cert-manager", apiVersion: "cert-manager.io/v1", kind: "Issuer", condition: "Ready" }], webhooks: () => ["a/b:443"] };
  const text = standInLines({ play, definitions: [{ url: "https://git.example/op", sources: ["a stand-in"] }] }).join("\n");
  expect(text).toMatch(/cert-manager +Issuer becomes Ready/);
  expect(text).toMatch(/webhook a\/b:443 +agrees to everything/);
  expect(text).toMatch(/https:\/\/git.example\/op +a stand-in/);
});
