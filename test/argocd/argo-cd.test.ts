import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import type { z } from "zod";
import { argoCd } from "../../apps/argo-cd/argo-cd";
import type { settings as settingsSchema } from "../../apps/argo-cd/settings";
import type { Lab } from "../../engine/model/lab";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import type { World } from "../../engine/model/resolve";
import { importedOperators } from "../../imports/operators";
import { builtOf, clusterOf, worldOf } from "../lab-of";
import { listOf } from "./hub";

type Settings = z.input<typeof settingsSchema>;

const people = [
  { name: "ada", email: "ada@test.example", groups: ["admins", "researchers"] },
  { name: "grace", email: "grace@test.example", groups: ["researchers"] },
];

const worldWith = (settings: Settings = {}, lab: Partial<Lab> = {}): World =>
  worldOf({
    people,
    gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "hub" },
    clusters: [clusterOf({ name: "hub", runs: [place(argoCd, { as: "argocd", settings })] }), clusterOf({ network: { api: "https://192.168.40.77:6443" } })],
    ...lab,
  });
const manifestsWith = (settings: Settings = {}, lab: Partial<Lab> = {}): readonly Manifest[] => builtOf(worldWith(settings, lab))[0]?.manifests ?? [];
const needsWith = (settings: Settings = {}, lab: Partial<Lab> = {}) => worldWith(settings, lab).releases[0]?.needs ?? {};

function named(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((it) => it.kind === kind && it.metadata.name === name);
  if (!found) throw new Error(`no ${kind}/${name}`);
  return found;
}
const config = (manifests: readonly Manifest[], name: string, key: string) => String(fieldOf(named(manifests, "ConfigMap", name), "data", key));
const manifests = manifestsWith();

test("it is the version that its CRDs are generated for", () => {
  const version = importedOperators.find(({ name }) => name === "argo-cd")?.version;
  expect(podTemplateOf(named(manifests, "Deployment", "argocd-server"))?.spec.containers[0]?.image).toBe(`quay.io/argoproj/argocd:v${version}`);
});

test("Argo CD finds its configuration: the label is on every ConfigMap that it reads", () => {
  const read = manifests.filter(({ kind, metadata }) => kind === "ConfigMap" && metadata.name.startsWith("argocd-"));
  expect(read.map(({ metadata }) => metadata.name).sort()).toEqual(["argocd-cm", "argocd-git", "argocd-gpg-keys-cm", "argocd-rbac-cm", "argocd-ssh-known-hosts-cm", "argocd-tls-certs-cm"]);
  expect(read.map(({ metadata }) => metadata.labels?.["app.kubernetes.io/part-of"])).toEqual(read.map(() => "argocd"));
});

describe("a file that moves to another folder", () => {
  const repository = mkdtempSync(path.join(tmpdir(), "moved-"));
  afterAll(() => rmSync(repository, { recursive: true }));
  const git = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@test.example", ...args], { cwd: repository, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...environment } });
  /** As util/git/client.go of Argo CD 3.5.7 asks it. */
  const changedFiles = (environment: Readonly<Record<string, string>> = {}) => git(environment, "diff", "--name-only", "HEAD~1..HEAD").trim().split("\n");

  beforeAll(() => {
    for (const folder of ["forge", "studio"]) mkdirSync(path.join(repository, folder));
    writeFileSync(path.join(repository, "forge/app.yaml"), "kind: Deployment\n");
    git({}, "init", "--quiet");
    for (const message of ["before", "after"]) {
      git({}, "add", "--all");
      git({}, "commit", "--quiet", "-m", message);
      if (message === "before") renameSync(path.join(repository, "forge/app.yaml"), path.join(repository, "studio/app.yaml"));
    }
  });

  test("is a change of the folder that it leaves, as git is told here", () => {
    const container = podTemplateOf(named(manifests, "Deployment", "argocd-repo-server"))?.spec.containers[0];
    const settings = container?.env?.find(({ name }) => name === "GIT_CONFIG_GLOBAL")?.value ?? "";
    expect(container?.volumeMounts?.filter(({ mountPath }) => mountPath === path.dirname(settings))).toEqual([expect.objectContaining({ name: "argocd-git" })]);
    const file = path.join(repository, ".git", "settings");
    writeFileSync(file, config(manifests, "argocd-git", path.basename(settings)));
    expect(changedFiles({ GIT_CONFIG_GLOBAL: file })).toEqual(["forge/app.yaml", "studio/app.yaml"]);
  });

  test("is none, as git is by default: without our settings Argo CD would go on running it there", () => expect(changedFiles()).toEqual(["studio/app.yaml"]));
});

describe("people", () => {
  test("admins may do anything, everybody else of the lab may look, and nobody else may do anything", () => {
    expect(config(manifests, "argocd-rbac-cm", "policy.csv")).toBe("g, ada@test.example, role:admin\ng, grace@test.example, role:readonly\n");
    expect(config(manifests, "argocd-rbac-cm", "policy.default")).toBe("");
  });

  test("they sign in at Dex, with hashes that only the vault has", () => {
    const dex = load(config(manifests, "argocd-cm", "dex.config"));
    expect(listOf(dex, "staticPasswords").map((it) => fieldOf(it, "hash"))).toEqual(["$argocd-password-ada:value", "$argocd-password-grace:value"]);
    expect(needsWith().secrets?.["argocd-password-ada"]).toMatchObject({ from: "vault", shape: { labels: { "app.kubernetes.io/part-of": "argocd" } } });
    expect(named(manifests, "Deployment", "argocd-dex-server")).toBeDefined();
  });

  test("where the lab has an issuer, they sign in there and no Dex runs", () => {
    const oidc = manifestsWith({}, { oidc: { issuer: "https://id.hub.test.example" } });
    expect(fieldOf(load(config(oidc, "argocd-cm", "oidc.config")), "issuer")).toBe("https://id.hub.test.example");
    expect(oidc.map(({ metadata }) => metadata.name)).not.toContain("argocd-dex-server");
  });

  test("there is no account but theirs, unless the owner asks for one", () => {
    expect(config(manifests, "argocd-cm", "admin.enabled")).toBe("false");
    expect(config(manifestsWith({ localAdmin: true }), "argocd-cm", "admin.enabled")).toBe("true");
  });
});

describe("spokes", () => {
  test("the hub knows each by a Secret whose token only the vault has", () => {
    expect(needsWith().secrets?.["cluster-one"]).toMatchObject({
      from: "vault",
      key: "argocd-cluster-one",
      shape: { labels: { "argocd.argoproj.io/secret-type": "cluster" }, data: { name: "one", server: "https://192.168.40.77:6443", config: "{{ .value }}" } },
    });
    expect(needsWith().secrets).not.toHaveProperty("cluster-hub");
  });

  test("only what syncs and what shows may call their API servers", () => {
    const opened = Object.values(needsWith().talksTo ?? {}).filter((peer) => peer.kind === "addresses" && peer.cidrs.includes("192.168.40.77/32"));
    expect(opened.map(({ from }) => from)).toEqual(["application-controller", "server"]);
  });

  test("an API server behind a name is reached in its own network, whatever address it gets there", () => {
    const kind = needsWith({}, { clusters: [clusterOf({ name: "hub", runs: [place(argoCd)] }), clusterOf({ network: { api: "https://one-control-plane:6443" } })] });
    expect(kind.talksTo?.["server-to-one"]).toMatchObject({ cidrs: ["192.168.40.0/24"], port: 6443 });
  });

  test("an Argo CD of one cluster knows no spokes", () => {
    const alone = needsWith({}, { gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "perCluster" } });
    expect(Object.keys(alone.secrets ?? {}).filter((name) => name.startsWith("cluster-"))).toEqual([]);
  });
});

describe("repositories", () => {
  test("a private one is read with what the vault has", () => {
    const shape = (settings: Settings) => needsWith(settings).secrets?.["repository"]?.shape;
    expect(shape({})).toBeUndefined();
    expect(shape({ repository: { with: "token", user: "hearth" } })?.data).toEqual({ type: "git", url: "https://git.test.example/lab.git", username: "hearth", password: "{{ .value }}" });
    expect(shape({ repository: { with: "ssh-key" } })?.data).toHaveProperty("sshPrivateKey", "{{ .value }}");
  });

  test.each([
    ["https://git.example.org/lab.git", { kind: "internet", host: "git.example.org", port: 443 }],
    ["git@git.example.org:group/lab.git", { kind: "internet", host: "git.example.org", port: 22 }],
    ["ssh://git@git.example.org:2222/lab.git", { kind: "internet", host: "git.example.org", port: 2222 }],
    ["https://192.168.40.9:3000/lab.git", { kind: "addresses", cidrs: ["192.168.40.9/32"], port: 3000 }],
    ["https://gitea.one.test.example/lab.git", { kind: "addresses", cidrs: ["192.168.40.200/32"], port: 443 }],
  ])("egress to %s", (repository, peer) => {
    expect(needsWith({}, { gitops: { repository, branch: "main", mode: "hub", hub: "hub" } }).talksTo?.["git"]).toMatchObject({ ...peer, from: "repo-server" });
  });

  test("what reads them has no token, and renders nothing but plain YAML", () => {
    expect(podTemplateOf(named(manifests, "Deployment", "argocd-repo-server"))?.spec).toMatchObject({ automountServiceAccountToken: false });
    expect(["helm", "kustomize", "jsonnet"].map((tool) => config(manifests, "argocd-cm", `${tool}.enable`))).toEqual(["false", "false", "false"]);
  });
});

test("the server changes nothing but Applications' wish to be synced", () => {
  const rules = listOf(named(manifests, "Role", "argocd-server"), "rules");
  const writes = rules.filter((rule) => listOf(rule, "verbs").some((verb) => ["create", "update", "patch", "delete"].includes(String(verb)))).flatMap((rule) => listOf(rule, "resources"));
  expect(writes).toEqual(["applications", "events"]);
  expect(rules.flatMap((rule) => listOf(rule, "verbs"))).not.toContain("delete");
});

test("the server waits for its signature instead of making a Secret of its own", () => {
  expect(needsWith().secrets?.["signature"]).toMatchObject({ from: "generated", shape: { name: "argocd-secret", data: { "server.secretkey": "{{ .value }}" } } });
  const volumes = podTemplateOf(named(manifests, "Deployment", "argocd-server"))?.spec.volumes ?? [];
  expect(volumes.map((volume) => fieldOf(volume, "secret", "secretName"))).toContain("argocd-secret");
});

test("a kind that a role does not let it list holds up no cluster", () => {
  expect(config(manifests, "argocd-cm", "resource.respectRBAC")).toBe("normal");
});

describe("notifications", () => {
  const controllers = (settings: Settings) => manifestsWith(settings).filter(({ metadata }) => metadata.name === "argocd-notifications-controller").map(({ kind }) => kind);

  test("nobody is told anything unless the owner says whom", () => {
    expect(controllers({})).toEqual([]);
  });

  test("a webhook's path is the vault's, and its text survives what a message says", () => {
    const told = manifestsWith({ notifications: { to: "webhook", url: "https://hooks.example.org/" } });
    expect(load(config(told, "argocd-notifications-cm", "service.webhook.lab"))).toMatchObject({ url: "https://hooks.example.org$path" });
    expect(config(told, "argocd-notifications-cm", "template.sync-keeps-failing")).toContain("| toJson }}");
    expect(named(told, "Deployment", "argocd-notifications-controller")).toBeDefined();
  });

  test("a sync that is retried without end is told of all the same", () => {
    const told = manifestsWith({ notifications: { to: "webhook", url: "https://hooks.example.org" } });
    expect(config(told, "argocd-notifications-cm", "trigger.sync-keeps-failing")).toContain("retryCount");
  });
});

test("with `ha` everything that may be there twice is, and the shards know how many they are", () => {
  const twice = manifestsWith({ ha: true });
  const replicas = (kind: string, name: string) => fieldOf(named(twice, kind, `argocd-${name}`), "spec", "replicas");
  expect(["server", "repo-server", "applicationset-controller"].map((name) => replicas("Deployment", name))).toEqual([2, 2, 2]);
  expect(replicas("StatefulSet", "application-controller")).toBe(2);
  expect(podTemplateOf(named(twice, "StatefulSet", "argocd-application-controller"))?.spec.containers[0]?.env).toContainEqual({ name: "ARGOCD_CONTROLLER_REPLICAS", value: "2" });
  expect(replicas("Deployment", "redis")).toBe(1);
});

test("more shards than two are a setting, and each knows how many Applications to look at at a time", () => {
  const wide = named(manifestsWith({ ha: true, shards: 4, processors: { status: 50, operation: 25 } }), "StatefulSet", "argocd-application-controller");
  expect(fieldOf(wide, "spec", "replicas")).toBe(4);
  expect(podTemplateOf(wide)?.spec.containers[0]?.env).toEqual(
    expect.arrayContaining([
      { name: "ARGOCD_CONTROLLER_REPLICAS", value: "4" },
      { name: "ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS", value: "50" },
      { name: "ARGOCD_APPLICATION_CONTROLLER_OPERATION_PROCESSORS", value: "25" },
    ]),
  );
});
