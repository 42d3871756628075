import { jupyterhub } from "../../apps/jupyterhub/jupyterhub";
import { image } from "../../engine/model/image";
import { nodeOn, type Cluster } from "../../engine/model/cluster";
import { flowsOf, privateRanges } from "../../engine/model/flow";
import type { Lab } from "../../engine/model/lab";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import type { Person } from "../../engine/model/person";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import { resolve, type World } from "../../engine/model/resolve";
import { builtOf, clusterOf, hostOf, labOf, testProviders, twoHosts, worldOf } from "../lab-of";

const ada: Person = { name: "ada", email: "Ada@lab.test", groups: ["admins"] };
const grace: Person = { name: "grace", email: "grace@lab.test", groups: [] };

const gpuHost = hostOf({ name: "gpu-1", last: 21, gpus: [{ vendor: "nvidia", model: "RTX", memory: "24Gi" }] });
const gpuNode = nodeOn(gpuHost, { network: "lan", role: "worker", taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }] });
const plainNodes = twoHosts.map((host, index) => nodeOn(host, { network: "lan", role: index === 0 ? "control-plane" : "worker" }));

/** Homes that follow their people. */
const moving = { ...testProviders.storage.precious!, nodeLocal: false };
const storage = { ...testProviders.storage, precious: moving };
const tolerant = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" } as const;
const gpu = { ...testProviders.gpu!, shares: 4, provide: (need: { count: number }) => ({ resource: "nvidia.com/gpu", count: need.count, runtimeClassName: "nvidia", tolerations: [tolerant] }) };

const withGpus: Partial<Cluster> = { nodes: [...plainNodes, gpuNode], provides: { ...testProviders, storage, gpu } };
const without: Partial<Cluster> = { nodes: plainNodes, provides: { ...testProviders, storage } };

const labWith = (placement: Placement, cluster: Partial<Cluster> = without, lab: Partial<Lab> = {}): Partial<Lab> => ({
  hosts: [...twoHosts, gpuHost],
  people: [ada, grace],
  clusters: [clusterOf({ ...cluster, runs: [placement] })],
  ...lab,
});
const running = (...given: Parameters<typeof labWith>): World => worldOf(labWith(...given));
const rulesOf = (...given: Parameters<typeof labWith>): readonly string[] => resolve(labOf(labWith(...given))).findings.map(({ rule }) => rule);

const objectsOf = (world: World): readonly Manifest[] => builtOf(world).flatMap(({ manifests }) => manifests);
const named = (world: World, name: string): Manifest | undefined => objectsOf(world).find((it) => objectName(it) === name);
const claimsOf = (world: World): readonly string[] => objectsOf(world).flatMap(({ kind, metadata }) => (kind === "PersistentVolumeClaim" ? [metadata.name] : []));

function settingsOf(world: World): Record<string, unknown> {
  const text = fieldOf(named(world, "ConfigMap/jupyterhub-config"), "data", "settings.json");
  return JSON.parse(typeof text === "string" ? text : "{}");
}
const profilesOf = (world: World): readonly unknown[] => [settingsOf(world)["profiles"]].flat().map((it) => fieldOf(it, "slug"));
const overridesOf = (world: World, profile: string): unknown => [settingsOf(world)["profiles"]].flat().map((it) => (fieldOf(it, "slug") === profile ? fieldOf(it, "kubespawner_override") : undefined)).find((it) => it !== undefined);

const small = { name: "small", title: "Small", image: image("quay.io/jupyter/scipy-notebook", "2026-07-28") };

describe("a person more", () => {
  const before = running(place(jupyterhub), without, { people: [ada] });
  const after = running(place(jupyterhub));

  test("is one home more, and nothing else that is kept", () => {
    expect(claimsOf(after).filter((name) => !claimsOf(before).includes(name))).toEqual(["jupyterhub-home-grace"]);
  });

  test("is one more who may sign in, with a password of their own", () => {
    expect(Object.keys(Object(settingsOf(before)["people"]))).toEqual(["ada"]);
    expect(settingsOf(after)["people"]).toMatchObject({ ada: { admin: true }, grace: { admin: false, password: "/run/secrets/jupyterhub/people/grace/value" } });
    expect(after.releases[0]?.needs.secrets).toMatchObject({ "password-grace": { from: "generated", length: 24 } });
  });
});

test("homes are precious, and the hub may neither make nor delete one", () => {
  const world = running(place(jupyterhub, { settings: { homeSpace: "50Gi" } }));
  expect(world.releases[0]?.needs.stores).toMatchObject({ "home-ada": { worth: "precious", size: "50Gi" } });
  const resources = [fieldOf(named(world, "Role/jupyterhub"), "rules")].flat().flatMap((rule) => fieldOf(rule, "resources"));
  expect(resources).toEqual(["pods", "events"]);
  expect(objectsOf(world).filter(({ kind }) => kind.startsWith("Cluster"))).toEqual([]);
});

test("the hub's configuration asks only for settings that it is given, and holds no secret", () => {
  const world = running(place(jupyterhub));
  const asked = [...String(fieldOf(named(world, "ConfigMap/jupyterhub-config"), "data", "jupyterhub_config.py")).matchAll(/settings\["(\w+)"\]/g)].map(([, key]) => key ?? "");
  expect([...new Set(asked)].sort()).toEqual(Object.keys(settingsOf(world)).sort());
  const env = podTemplateOf(named(world, "Deployment/jupyterhub")!)?.spec.containers[0]?.env ?? [];
  expect(env.filter(({ valueFrom }) => valueFrom).map(({ name }) => name)).toEqual(["COOKIE_SECRET", "CONFIGPROXY_AUTH_TOKEN"]);
});

describe("a lab that signs people in", () => {
  const oidc = { issuer: "https://login.lab.test:8443/dex" };

  test("signs them in here, and nobody has a password", () => {
    const world = running(place(jupyterhub), without, { oidc });
    expect(settingsOf(world)["oidc"]).toEqual({ issuer: oidc.issuer, client: "jupyterhub", secret: "/run/secrets/jupyterhub/oidc/value" });
    expect(world.releases[0]?.needs.secrets?.["oidcSecret"]).toEqual({ from: "vault", key: "one-jupyterhub-oidc" });
    expect(Object.keys(world.releases[0]?.needs.secrets ?? {}).filter((name) => name.startsWith("password"))).toEqual([]);
    expect(world.releases[0]?.needs.talksTo?.["signIn"]).toMatchObject({ host: "login.lab.test", port: 8443 });
  });

  test("is believed where the lab's authority signs it, by the hub and by curl", () => {
    const world = running(place(jupyterhub), without, { oidc: { issuer: "https://id.one.test.example" }, authority: { roots: ["root\n"] } });
    const spec = podTemplateOf(named(world, "Deployment/jupyterhub")!)?.spec;
    expect(spec?.initContainers?.map(({ name }) => name)).toEqual(["trusted"]);
    expect(spec?.containers[0]?.env).toContainEqual({ name: "SSL_CERT_FILE", value: "/trusted/authorities.crt" });
    expect(podTemplateOf(named(running(place(jupyterhub), without, { oidc }), "Deployment/jupyterhub")!)?.spec.initContainers).toBeUndefined();
  });

  test("is not asked where passwords are wanted", () => {
    const world = running(place(jupyterhub, { settings: { signIn: "password" } }), without, { oidc });
    expect(settingsOf(world)["oidc"]).toBeNull();
    expect(world.releases[0]?.needs.talksTo).not.toHaveProperty("signIn");
  });
});

describe("a profile with a GPU", () => {
  test("is offered only where there are GPUs", () => {
    expect(profilesOf(running(place(jupyterhub), withGpus))).toEqual(["cpu", "large-memory", "gpu"]);
    expect(profilesOf(running(place(jupyterhub)))).toEqual(["cpu", "large-memory"]);
    expect(running(place(jupyterhub)).releases[0]?.needs.gpu).toBeUndefined();
  });

  test("takes its share, on the nodes whose devices are large enough", () => {
    expect(overridesOf(running(place(jupyterhub), withGpus), "gpu")).toMatchObject({
      extra_resource_limits: { "nvidia.com/gpu": "1" },
      extra_pod_config: { runtimeClassName: "nvidia" },
      tolerations: [tolerant],
      node_affinity_required: [{ matchExpressions: [{ values: ["gpu-1"] }] }],
    });
  });

  test("is bounded by a quota, whatever the hub asks for", () => {
    const quota = named(running(place(jupyterhub, { settings: { gpuServers: 2 } }), withGpus), "ResourceQuota/jupyterhub");
    expect(fieldOf(quota, "spec", "hard", "requests.nvidia.com/gpu")).toBe("2");
  });

  test("its image is pulled on GPU nodes and on no other", () => {
    const nodesOf = (name: string) => JSON.stringify(podTemplateOf(named(running(place(jupyterhub), withGpus), `DaemonSet/jupyterhub-${name}`)!)?.spec.affinity);
    expect(nodesOf("gpu-puller")).toContain('"values":["gpu-1"]');
    expect(nodesOf("puller")).not.toContain("gpu-1");
  });
});

test("fit counts a server for each person, as large as the largest profile, and those with a GPU", () => {
  expect(running(place(jupyterhub), withGpus).releases[0]?.makes).toMatchObject([
    { component: "singleuser-server", count: 2, requests: { cpu: "2000m", memory: "8Gi" } },
    { component: "singleuser-server-gpu", count: 1, gpus: 1, nodes: ["gpu-1"] },
  ]);
});

describe("who may speak to whom", () => {
  const flowsFrom = (component: string, placement: Placement): readonly string[] => {
    const world = running(placement);
    const [release] = world.releases;
    const flows = release ? flowsOf(release, world).filter(({ from }) => from.kind === "pods" && from.component === component) : [];
    return flows.map(({ to, port }) => `${to.kind === "pods" ? to.component : to.kind === "addresses" ? to.cidrs.join() : to.kind}:${port}`);
  };

  test("servers reach the hub and the web, and neither the proxy's routes nor each other", () => {
    expect(flowsFrom("singleuser-server", place(jupyterhub))).toEqual(["jupyterhub:8081", "0.0.0.0/0:443", "0.0.0.0/0:80"]);
    expect(flowsFrom("singleuser-server", place(jupyterhub, { settings: { internet: false } }))).toEqual(["jupyterhub:8081"]);
  });

  test("the web is not the lab, nor a cloud's metadata service", () => {
    const world = running(place(jupyterhub));
    const open = world.releases.flatMap((it) => flowsOf(it, world)).flatMap(({ to }) => (to.kind === "addresses" && to.cidrs.includes("0.0.0.0/0") ? [to.except] : []));
    expect(open).toEqual([privateRanges, privateRanges]);
    expect(privateRanges).toContain("169.254.0.0/16");
  });

  test("the proxy reaches the hub and the servers", () => {
    expect(flowsFrom("proxy", place(jupyterhub))).toEqual(["jupyterhub:8081", "singleuser-server:8888"]);
  });
});

test("a place for everybody is on shared storage, in every server", () => {
  const world = running(place(jupyterhub, { settings: { sharedSpace: "100Gi" } }));
  expect(world.releases[0]?.needs.stores?.["shared"]).toMatchObject({ as: "shared", worth: "precious" });
  expect(settingsOf(world)).toMatchObject({ volumes: { shared: { persistentVolumeClaim: { claimName: "jupyterhub-shared" } } }, mounts: { shared: { mountPath: "/home/jovyan/shared" } } });
  expect(settingsOf(running(place(jupyterhub)))["volumes"]).not.toHaveProperty("shared");
});

test("its namespace is restricted, people's servers included", () => {
  const namespace = named(running(place(jupyterhub), withGpus), "Namespace/jupyterhub");
  expect(namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("restricted");
});

describe("findings", () => {
  test("a profile that no node could carry, unless it is offered where it fits", () => {
    const large = { ...small, memory: "100Gi", memoryLimit: "100Gi" } as const;
    expect(rulesOf(place(jupyterhub, { settings: { profiles: [small, large] } }))).toEqual(["jupyterhub-profile-once", "jupyterhub-profile-fits"]);
    expect(rulesOf(place(jupyterhub, { settings: { profiles: [small, { ...large, name: "large", offered: "where-it-fits" }] } }))).toEqual([]);
    expect(rulesOf(place(jupyterhub, { settings: { profiles: [{ ...large, offered: "where-it-fits" }] } }))).toEqual(["jupyterhub-profile-fits"]);
  });

  test("a profile with more of a GPU than a node has", () => {
    const asking = (shares: number) => place(jupyterhub, { settings: { profiles: [small, { ...small, name: "gpu", gpu: { shares, memory: "24Gi" } }] } });
    expect(rulesOf(asking(4), withGpus)).toEqual([]);
    expect(rulesOf(asking(5), withGpus)).toContain("jupyterhub-profile-fits");
  });

  test("a limit below the request", () => {
    expect(rulesOf(place(jupyterhub, { settings: { profiles: [{ ...small, memory: "4Gi", memoryLimit: "2Gi" }] } }))).toEqual(["jupyterhub-profile-memory"]);
  });

  test("homes on a node's own disk, and profiles on different nodes", () => {
    const local = { ...withGpus, provides: { ...testProviders, gpu } };
    expect(rulesOf(place(jupyterhub), local)).toEqual(["jupyterhub-home-bound"]);
    expect(rulesOf(place(jupyterhub, { settings: { profiles: [small] } }), local)).toEqual([]);
  });

  test("nobody, two with one address, and a name that the spawner would change", () => {
    expect(rulesOf(place(jupyterhub), without, { people: [] })).toContain("jupyterhub-people");
    expect(rulesOf(place(jupyterhub), without, { people: [ada, { ...grace, email: "ada@lab.test" }] })).toEqual(["jupyterhub-email"]);
    expect(rulesOf(place(jupyterhub), without, { people: [ada, { ...grace, name: "9grace" }] })).toEqual(["jupyterhub-person"]);
  });

  test("more servers with a GPU than servers", () => {
    expect(rulesOf(place(jupyterhub, { settings: { gpuServers: 3 } }), withGpus)).toEqual(["jupyterhub-gpu-servers"]);
  });
});
