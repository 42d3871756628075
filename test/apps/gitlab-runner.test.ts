import { gitlabRunner } from "../../apps/gitlab-runner/gitlab-runner";
import { nodeOn, type Cluster } from "../../engine/model/cluster";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import { resolve, type World } from "../../engine/model/resolve";
import { builtOf, clusterOf, hostOf, labOf, twoHosts, worldOf } from "../lab-of";

const [first] = twoHosts;
const own = hostOf({ name: "ci-1", last: 21 });
const pi = hostOf({ name: "pi-1", arch: "arm64", last: 22 });

const taint = { key: "ci", value: "docker", effect: "NoSchedule" } as const;
const control = first ? [nodeOn(first, { network: "lan", role: "control-plane" })] : [];
const ownNode = nodeOn(own, { network: "lan", role: "worker", labels: { ci: "docker" }, taints: [taint] });
const hosts = [...twoHosts, own, pi];

const running = (...runs: readonly Placement[]): World => worldOf({ hosts, clusters: [clusterOf({ nodes: [...control, ownNode], runs })] });
const mistakesOn = (nodes: Cluster["nodes"], placement: Placement): readonly string[] =>
  resolve(labOf({ hosts, clusters: [clusterOf({ nodes, runs: [placement] })] })).findings.map(({ rule }) => rule);

const objectsOf = (placement: Placement): readonly Manifest[] => builtOf(running(placement)).flatMap(({ manifests }) => manifests);
const named = (objects: readonly Manifest[], name: string): Manifest | undefined => objects.find((it) => objectName(it) === name);

function configOf(placement: Placement): string {
  const config = fieldOf(named(objectsOf(placement), `ConfigMap/${placement.name}-config`), "data", "config.toml");
  return typeof config === "string" ? config : "";
}

/** The lines of one table of a config.toml, or undefined where there is none. */
const tableOf = (config: string, table: string): string | undefined => config.split(`\n[${table}]\n`)[1]?.split("\n\n")[0];

const docker = place(gitlabRunner, { as: "docker-runner", settings: { builds: "docker-in-docker" }, on: { ci: "docker" }, tolerates: [taint] });

test("its configuration holds no secret: the token and the bucket's keys come from its environment", () => {
  const objects = objectsOf(place(gitlabRunner));
  const env = podTemplateOf(named(objects, "Deployment/gitlab-runner")!)?.spec.containers[0]?.env ?? [];
  expect(configOf(place(gitlabRunner))).toContain('token = "${RUNNER_TOKEN}"');
  expect(tableOf(configOf(place(gitlabRunner)), "runners.cache.s3")).not.toMatch(/Key/);
  expect(env.filter(({ valueFrom }) => valueFrom).map(({ name }) => name)).toEqual(["RUNNER_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
});

test("its token is the vault's, under a name of the cluster and the release unless another is given", () => {
  const keyOf = (placement: Placement) => running(placement).releases[0]?.needs.secrets?.["token"];
  expect(keyOf(place(gitlabRunner, { as: "ci" }))).toEqual({ from: "vault", key: "one-ci-token" });
  expect(keyOf(place(gitlabRunner, { settings: { tokenKey: "shared" } }))).toEqual({ from: "vault", key: "shared" });
});

test("told to stop, it lets jobs finish", () => {
  const pod = podTemplateOf(named(objectsOf(place(gitlabRunner, { settings: { drainSeconds: 1200 } })), "Deployment/gitlab-runner")!)?.spec;
  // SIGTERM (15) would abort them; SIGQUIT (3) is GitLab's graceful one.
  expect(pod?.containers[0]?.command).toEqual(["/usr/bin/dumb-init", "--rewrite", "15:3", "--", "gitlab-runner"]);
  expect(fieldOf(pod, "terminationGracePeriodSeconds")).toBe(1200);
});

test("it may do something in the namespace of its jobs alone", () => {
  const roles = objectsOf(place(gitlabRunner)).filter(({ kind }) => kind.endsWith("Role"));
  expect(roles.map(({ kind, metadata }) => `${kind} in ${metadata.namespace}`)).toEqual(["Role in gitlab-runner-builds"]);
});

test("jobs stand in a namespace of their own, and the runner's stays restricted", () => {
  const levels = objectsOf(place(gitlabRunner)).flatMap(({ kind, metadata }) => (kind === "Namespace" ? [[metadata.name, metadata.labels?.["pod-security.kubernetes.io/enforce"]]] : []));
  expect(Object.fromEntries(levels)).toEqual({ "gitlab-runner": "restricted", "gitlab-runner-builds": "privileged" });
});

test("fit counts what the job pods really request, as often as there may be jobs", () => {
  const [release] = running(place(gitlabRunner, { settings: { concurrent: 3, jobs: { cpu: "2", memory: "3Gi" } } })).releases;
  expect(release?.makes).toMatchObject([{ namespace: "gitlab-runner-builds", count: 3, requests: { cpu: "2050m", memory: "3200Mi" } }]);
});

test("jobs get their labels, nodes, priority and limits", () => {
  const config = configOf(place(gitlabRunner, { settings: { jobs: { memoryLimit: "6Gi" } } }));
  expect(config).toContain('memory_limit = "6Gi"');
  expect(config).toContain('priority_class_name = "lab-batch"');
  expect(tableOf(config, "runners.kubernetes.pod_labels")).toContain('"app.kubernetes.io/component" = "job"');
  expect(tableOf(config, "runners.kubernetes.node_selector")).toBe('"kubernetes.io/arch" = "amd64"');
});

test("jobs reach the web and names, and nothing of the lab", () => {
  const world = running(place(gitlabRunner));
  const [release] = world.releases;
  const flows = release ? flowsOf(release, world).filter(({ from }) => from.kind === "pods" && from.component === "job") : [];
  expect(flows.map(({ to, port }) => [to.kind === "addresses" && to.cidrs.join() === "0.0.0.0/0" && to.except?.includes("192.168.0.0/16"), port])).toEqual([[true, 443], [true, 80]]);
});

describe("rootless", () => {
  const config = configOf(place(gitlabRunner));

  test("no container is privileged or root", () => {
    expect(config).not.toContain("privileged = true");
    expect(tableOf(config, "runners.kubernetes.pod_security_context")).toContain("run_as_non_root = true\nrun_as_user = 1000");
  });

  test("only the build container is let out of the runtime's profile", () => {
    expect(config.match(/"Unconfined"/g)).toHaveLength(2);
    expect(tableOf(config, "runners.kubernetes.build_container_security_context.seccomp_profile")).toBe('type = "Unconfined"');
    expect(tableOf(config, "runners.kubernetes.helper_container_security_context")).toBe("allow_privilege_escalation = false");
    expect(tableOf(config, "runners.kubernetes.service_container_security_context")).toBe("allow_privilege_escalation = false");
  });
});

describe("Docker-in-Docker", () => {
  const config = configOf(docker);

  test("only the daemon is privileged, and it is spoken to over TLS", () => {
    expect(config.match(/privileged = true/g)).toHaveLength(1);
    expect(tableOf(config, "runners.kubernetes.service_container_security_context")).toBe("privileged = true");
    expect(config).toContain('"DOCKER_HOST=tcp://docker:2376"');
    expect(config).toContain('"DOCKER_TLS_VERIFY=1"');
    expect(config).not.toContain("2375");
  });

  test("its jobs stand on the nodes that are set apart for it", () => {
    expect(tableOf(config, "runners.kubernetes.node_selector")).toContain('ci = "docker"');
    expect(tableOf(config, "runners.kubernetes.node_tolerations")).toBe('"ci=docker" = "NoSchedule"');
  });

  test("nodes that it would share are a finding", () => {
    expect(mistakesOn([...control, ownNode], docker)).toEqual([]);
    expect(mistakesOn([...control, ownNode], place(gitlabRunner, { settings: { builds: "docker-in-docker" }, tolerates: [taint] }))).toEqual(["runner-docker-nodes"]);
  });
});

test("nodes of two architectures need a choice, which the helper's image follows", () => {
  const nodes = [...control, nodeOn(pi, { network: "lan", role: "worker" })];
  expect(mistakesOn(nodes, place(gitlabRunner))).toEqual(["runner-architecture"]);
  expect(mistakesOn(nodes, place(gitlabRunner, { settings: { arch: "arm64" } }))).toEqual([]);
  expect(configOf(place(gitlabRunner, { settings: { arch: "arm64" } }))).toMatch(/helper_image = "\S+:arm64-v/);
});

test("a limit below the request is a finding", () => {
  expect(mistakesOn(control, place(gitlabRunner, { settings: { jobs: { memory: "8Gi" } } }))).toEqual(["runner-job-memory"]);
});

test("a cache is a bucket, or there is none", () => {
  const without = place(gitlabRunner, { settings: { cache: "none" } });
  expect(running(place(gitlabRunner)).releases[0]?.needs.stores).toMatchObject({ cache: { as: "bucket", worth: "rebuildable" } });
  expect(running(without).releases[0]?.needs.stores).toEqual({});
  expect(configOf(without)).not.toContain("cache");
});

test("a GitLab at home is asked where the lab says it is, by the runner and by its jobs", () => {
  const lab = { hosts, externals: [{ name: "gitlab-box", address: "192.168.40.9", port: 8080, scheme: "http", speaks: "gitlab" }] } as const;
  const placement = place(gitlabRunner, { settings: { gitlab: "lab" }, using: { gitlab: "gitlab-box", jobsGitlab: "gitlab-box" } });
  const world = worldOf({ ...lab, clusters: [clusterOf({ nodes: control, runs: [placement] })] });
  const [built] = builtOf(world);
  expect(fieldOf(named(built?.manifests ?? [], "ConfigMap/gitlab-runner-config"), "data", "config.toml")).toContain('url = "http://192.168.40.9:8080"');
  const callers = world.releases.flatMap((it) => flowsOf(it, world)).flatMap(({ from, port }) => (port === 8080 && from.kind === "pods" ? [from.component] : []));
  expect(callers.sort()).toEqual(["gitlab-runner", "job"]);
});

test("a GitLab of the house is reached by its name, by the runner and by jobs, and believed by what it shows", () => {
  const authority = { roots: ["root\n"] };
  const externals = [{ name: "gitlab-box", address: "192.168.40.9", port: 443, scheme: "https", speaks: "git", host: "git.test.example", authority }] as const;
  const world = worldOf({ externals, clusters: [clusterOf({ runs: [place(gitlabRunner, { settings: { gitlab: "https://git.test.example" } })] })] });
  const reached = world.releases.flatMap((release) => flowsOf(release, world)).flatMap(({ from, to }) => (from.kind === "pods" && to.kind === "addresses" && to.cidrs.includes("192.168.40.9/32") ? [from.component] : []));
  expect(reached.sort()).toEqual(["gitlab-runner", "job"]);
  const manifests = builtOf(world)[0]?.manifests ?? [];
  expect(fieldOf(named(manifests, "ConfigMap/gitlab-runner-config"), "data", "config.toml")).toContain('tls-ca-file = "/etc/gitlab-authority/roots.crt"');
  expect(fieldOf(named(manifests, "ConfigMap/gitlab-runner-authority"), "data", "roots.crt")).toBe("root\n");
});
