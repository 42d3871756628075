import { image, type ImageSizes } from "../../../engine/model/image";
import { nodeOn, type Node } from "../../../engine/model/cluster";
import { precious, rebuildable } from "../../../engine/model/needs";
import { place, type Placement } from "../../../engine/model/placement";
import type { Bytes, Cpu } from "../../../engine/model/quantity";
import { diskOf } from "../../../engine/proofs/fit/disks";
import { fits } from "../../../engine/proofs/fit/fits";
import { witness } from "../../../engine/proofs/fit/witness";
import { storageClass } from "../../../engine/workload/storage-class";
import { containerApp } from "../../../engine/workload/container-app";
import { localPath } from "../../../engine/capabilities/storage/local-path";
import type { Built } from "../../../engine/model/built";
import { k3s } from "../../../engine/model/distribution";
import type { Manifest } from "../../../engine/model/manifest";
import { appOf, builtOf, clusterOf, hostOf, worldOf } from "../../lab-of";
import { deployment, labels, object } from "../../checks/objects";
import { labs, synthesisOf } from "../../labs";
import { setOf } from "./sets";

interface Size {
  readonly cpu?: Cpu;
  readonly memory: Bytes;
  readonly replicas?: number;
}

type Options = Pick<NonNullable<Parameters<typeof place>[1]>, "downWithItsNode" | "environment">;

const sized = (index: number, { cpu = "1", memory, replicas = 1 }: Size, options: Options = {}): Placement =>
  place(containerApp({ name: `app-${index}`, image: image("docker.io/library/app", "1.0"), port: 8080, cpu, memory }), { settings: { replicas }, ...options });

/** A lab that runs these placements on two nodes of 16 cores and 64Gi. */
const running = (...runs: readonly Placement[]) => {
  const world = worldOf({ clusters: [clusterOf({ runs })] });
  return { world, built: builtOf(world) };
};
const ofSizes = (...sizes: readonly Size[]) => running(...sizes.map((size, index) => sized(index, size)));
const rules = ({ built, world }: ReturnType<typeof running>) => fits(built, world).map(({ rule, address }) => `${rule} ${address}`);

test.each(Object.keys(labs))("%s fits", (folder) => {
  const { built, world } = synthesisOf(folder);
  expect(fits(built, world)).toEqual([]);
  expect(witness(built, world).homeless).toEqual([]);
});

test("the witness names every node with its pods and what is left, and what the distribution runs itself", () => {
  const { built, world } = ofSizes({ cpu: "10", memory: "40Gi" }, { cpu: "10", memory: "40Gi" });
  const { nodes, homeless } = witness(built, world);
  const seated = nodes.flatMap(({ address, pods }) => pods.map(({ release, name, count }) => `${address}: ${count} ${name} of ${release}`));
  expect(seated.filter((it) => it.includes("app-")).map((it) => it.split(":")[0])).toEqual(["one/one-1", "one/one-2"]);
  expect(seated.filter((it) => it.endsWith(" of one")).map((it) => it.split(": ")[1]).sort()).toEqual(["1 coredns of one", "1 metrics-server of one"]);
  // Of 32 cores the apps and the two others ask for 20.2.
  expect(nodes.reduce((sum, { free }) => sum + free.cpu, 0)).toBeCloseTo(11.8);
  expect(homeless).toEqual([]);
});

test("sums that fit are not enough: three pods of 40Gi on two nodes of 64Gi", () => {
  const it = ofSizes({ memory: "40Gi" }, { memory: "40Gi" }, { memory: "40Gi" });
  expect(fits(it.built, it.world)).toMatchObject([{ rule: "fits", severity: "error", address: expect.stringMatching(/^one\/app-/), found: expect.stringContaining("40Gi") }]);
  expect(witness(it.built, it.world).homeless).toMatchObject([{ release: expect.stringMatching(/^one\/app-/), count: 1 }]);
});

describe("a rollout that may miss no pod", () => {
  test("needs room for one more", () => {
    expect(rules(ofSizes({ memory: "40Gi", replicas: 2 }))).toContain("rollout-fits one/app-0");
    expect(rules(ofSizes({ memory: "20Gi", replicas: 2 }))).toEqual([]);
  });

  test("needs none where the old pod stops first", () => {
    const it = ofSizes({ memory: "40Gi", replicas: 2 });
    const recreated = it.built.map((one): Built => ({ ...one, manifests: one.manifests.map((manifest) => (manifest.kind === "Deployment" ? { ...manifest, spec: { ...(manifest["spec"] as object), strategy: { type: "Recreate" } } } : manifest)) }));
    expect(rules({ ...it, built: recreated }).filter((rule) => rule.startsWith("rollout-fits"))).toEqual([]);
  });
});

describe("without one node", () => {
  const large = (options: Options = {}) => running(...[0, 1].map((index) => sized(index, { memory: "33Gi" }, options)));
  const losses = (it: ReturnType<typeof running>) => rules(it).filter((rule) => rule.startsWith("fits-without"));

  test("production that only fits while every node is there is refused", () => {
    expect(losses(large())).toEqual(["fits-without-a-node one/one-1", "fits-without-a-node one/one-2"]);
  });

  test("with a reason where it is placed it is accepted", () => {
    expect(losses(large({ downWithItsNode: { because: "there is no money for a third" } }))).toEqual([]);
  });

  test("what is not production may be gone, and the witness tells", () => {
    const it = large({ environment: "development" });
    expect(losses(it)).toEqual([]);
    expect(witness(it.built, it.world).losses.flatMap(({ address, homeless }) => homeless.map(({ count }) => `${address} ${count}`))).toEqual(["one/one-1 1", "one/one-2 1"]);
  });

  test("a lab with room to lose a node is quiet, and a reason there is one too many", () => {
    expect(losses(ofSizes({ memory: "20Gi" }, { memory: "20Gi" }))).toEqual([]);
    expect(losses(running(sized(0, { memory: "20Gi" }, { downWithItsNode: { because: "it was large once" } })))).toEqual(["fits-without-a-node one/app-0"]);
  });

  const keeping = (storage: "precious" | "rebuildable") => {
    const app = containerApp({ name: "app", image: image("docker.io/library/app", "1.0"), port: 8080, stores: { "/data": storage === "precious" ? precious("1Gi") : rebuildable("1Gi") } });
    const local = localPath(k3s());
    const elsewhere = storageClass({ storageClassName: "elsewhere", accessModes: ["ReadWriteOnce"], nodeLocal: false, snapshots: true });
    const world = worldOf({ clusters: [clusterOf({ runs: [place(app)], provides: { storage: { precious: elsewhere, rebuildable: local } } })] });
    return { world, built: builtOf(world) };
  };

  test("what waits for a volume on its disk is said once for the cluster", () => {
    const it = keeping("rebuildable");
    expect(fits(it.built, it.world)).toMatchObject([{ rule: "fits-without-a-node", severity: "warning", address: "one", found: expect.stringMatching(/: app$/) }]);
  });

  test("volumes that every node reaches keep nobody waiting", () => {
    const it = keeping("precious");
    expect(fits(it.built, it.world)).toEqual([]);
  });
});

test("a drain that its budget can never end is said", () => {
  const app = appOf({ makes: [{ component: "app", labels, count: 3, apart: true, requests: { cpu: "1", memory: "1Gi" } }] });
  const hosts = [1, 2, 3].map((last) => hostOf({ name: `one-${last}`, last: 10 + last }));
  const world = worldOf({ hosts, clusters: [clusterOf({ runs: [place(app)], nodes: hosts.map((host, index) => nodeOn(host, { network: "lan", role: index === 0 ? "control-plane" : "worker" })) })] });
  const withBudget = (spec: object) => {
    const built = builtOf(world).map((it): Built => ({ ...it, manifests: [...it.manifests, { ...object("PodDisruptionBudget", "app"), spec: { selector: { matchLabels: labels }, ...spec } }] }));
    return fits(built, world).map(({ rule, severity, address }) => `${severity} ${rule} ${address}`);
  };
  expect(withBudget({ minAvailable: 3 })).toEqual(["one-1", "one-2", "one-3"].map((node) => `warning drain-ends one/${node}`));
  expect(withBudget({ maxUnavailable: 1 })).toEqual([]);
  expect(withBudget({ minAvailable: "50%" })).toEqual([]);
});

test("of those kept apart one may wait for its node, and half of them may not", () => {
  const running = (count: number) => worldOf({ clusters: [clusterOf({ runs: [place(appOf({ makes: [{ component: "member", labels: { role: "member" }, count, apart: true, requests: { cpu: "1", memory: "1Gi" } }] }))] })] });
  const rulesOf = (count: number) => {
    const world = running(count);
    return fits(builtOf(world), world).map(({ rule }) => rule);
  };
  expect(rulesOf(1)).toEqual([]);
  expect(rulesOf(2)).toEqual(["fits-without-a-node", "fits-without-a-node"]);
});

test("what a workload takes of its nodes' ports, and how many an autoscaler may make of it, is packed too", () => {
  const found = (...more: readonly Manifest[]) => {
    const app = appOf({ makes: [] });
    const world = worldOf({ clusters: [clusterOf({ runs: [place(app, { environment: "development" })] })] });
    return fits(builtOf(world).map((it): Built => ({ ...it, manifests: more })), world).map(({ rule, found: words }) => `${rule}: ${words}`);
  };
  const web = (replicas: number) => deployment({ name: "web", container: { ports: [{ containerPort: 8080, hostPort: 8080 }] }, spec: { replicas, strategy: { type: "Recreate" } } });
  const scaled = (maxReplicas: number) => ({ ...object("HorizontalPodAutoscaler", "web"), spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas } });
  expect(found(web(2))).toEqual([]);
  expect(found(web(3))).toEqual([expect.stringMatching(/^fits: Deployment\/web asks for .*TCP 8080 of the node, and none of one-1, one-2 has that left$/)]);
  expect(found(web(1), scaled(2))).toEqual([]);
  expect(found(web(1), scaled(3))).toHaveLength(1);
});

test("a quota lets in every pod of its namespace, a controller's too", () => {
  const found = (hard: object) => {
    const app = appOf({ makes: [{ component: "server", labels: { made: "server" }, count: 3, requests: { cpu: "500m", memory: "2Gi" } }] });
    const world = worldOf({ clusters: [clusterOf({ runs: [place(app, { environment: "development" })] })] });
    return fits(builtOf(world).map((it): Built => ({ ...it, manifests: [object("ResourceQuota", "app", { spec: { hard } })] })), world).map(({ rule, found: words }) => `${rule}: ${words}`);
  };
  expect(found({ pods: "3", "requests.cpu": "1500m", memory: "6Gi", "requests.nvidia.com/gpu": "0", "limits.memory": "1Gi" })).toEqual([]);
  expect(found({ pods: "2" })).toEqual(["quota-holds: ResourceQuota/app lets in pods of 2, and the pods of app on one ask for 3"]);
  expect(found({ "requests.cpu": "1" })).toEqual(["quota-holds: ResourceQuota/app lets in requests.cpu of 1, and the pods of app on one ask for 1.5"]);
  expect(found({ "requests.memory": "5Gi" })).toEqual(["quota-holds: ResourceQuota/app lets in requests.memory of 5Gi, and the pods of app on one ask for 6Gi"]);
});

test("a toleration of one value is none of another, for pods that a controller makes as for all others", () => {
  const host = hostOf();
  const nodes = [nodeOn(host, { network: "lan", role: "control-plane", taints: [{ key: "for", value: "gpu", effect: "NoSchedule" }] })];
  const rulesWith = (value: string) => {
    const app = appOf({ makes: [{ component: "server", labels: { made: "server" }, count: 1, requests: { cpu: "1", memory: "1Gi" } }] });
    const world = worldOf({ hosts: [host], clusters: [clusterOf({ nodes, distribution: { ...k3s(), systemPods: [] }, runs: [place(app, { tolerates: [{ key: "for", value, effect: "NoSchedule" }] })] })] });
    return fits(builtOf(world), world).map(({ rule }) => rule);
  };
  expect(rulesWith("gpu")).toEqual([]);
  expect(rulesWith("storage")).toEqual(["fits"]);
});

test("pods that a controller makes take their GPUs too: three on a node of two find no room", () => {
  const host = hostOf({ gpus: [1, 2].map(() => ({ vendor: "nvidia", model: "RTX", memory: "24Gi" }) as const) });
  const nodes: readonly Node[] = [nodeOn(host, { network: "lan", role: "control-plane" })];
  const making = (count: number) =>
    place(appOf({ needs: { gpu: { vendor: "nvidia", count: 1, memory: "8Gi" } }, makes: [{ component: "server", labels: { made: "server" }, count, gpus: 1, requests: { cpu: "1", memory: "1Gi" } }] }));
  const rulesWith = (count: number) => {
    const world = worldOf({ hosts: [host], clusters: [clusterOf({ nodes, runs: [making(count)] })] });
    return fits(builtOf(world), world).map(({ rule }) => rule);
  };
  expect(rulesWith(2)).toEqual([]);
  expect(rulesWith(3)).toEqual(["fits"]);
});

describe("images fill the disk that volumes are on", () => {
  const filling = (size: Bytes, volume: Bytes) =>
    running(place(containerApp({ name: "app", image: image("docker.io/library/app", "1.0", { size }), port: 8080, cpu: "1", memory: "1Gi", stores: { "/data": rebuildable(volume) } })));

  test("and both must leave 15 % of it free", () => {
    const found = (size: Bytes, volume: Bytes) => {
      const { built, world } = filling(size, volume);
      return fits(built, world).filter(({ rule }) => rule === "images-fit");
    };
    expect(found("100Gi", "340Gi")).toMatchObject([{ rule: "images-fit", address: expect.stringMatching(/^one\/one-/), found: "images of 100Gi beside 340Gi of volumes and scratch space, and 2 images of unknown size", expected: expect.stringContaining("425Gi") }]);
    expect(found("80Gi", "340Gi")).toEqual([]);
  });

  test("what no app says the size of counts as the lab says: each by its name, the others alike", () => {
    const disk = (sizes: ImageSizes | undefined) => diskOf({ node: clusterOf().nodes[0]!, disk: 0, seated: [setOf({ pulls: [{ image: "docker.io/a/b:1", bytes: undefined }, { image: "docker.io/a/b:2", bytes: 5 }, { image: "app's job", bytes: undefined }] })] }, sizes);
    expect(disk(undefined)).toMatchObject({ images: 5, unknown: ["app's job", "docker.io/a/b:1"] });
    expect(disk({ others: "2Gi" })).toMatchObject({ images: 5 + 4 * 2 ** 30, unknown: ["app's job", "docker.io/a/b:1"] });
    expect(disk({ each: { "docker.io/a/b": "1Gi", "app's job": "3Gi" } })).toMatchObject({ images: 5 + 4 * 2 ** 30, unknown: [] });
    const { built, world } = running(place(containerApp({ name: "app", image: image("docker.io/library/app", "1.0"), port: 8080, cpu: "1", memory: "1Gi", stores: { "/data": rebuildable("340Gi") } })));
    const found = (others: Bytes) => fits(built, { ...world, lab: { ...world.lab, imageSizes: { others } } }).filter(({ rule }) => rule === "images-fit").map((it) => it.found);
    expect(found("100Gi")).toEqual([expect.stringMatching(/^images of .* beside 340Gi of volumes and scratch space, [23] of the images counted as 100Gi$/)]);
    expect(found("1Gi")).toEqual([]);
  });

  test("an image is pulled once for all pods of a node, and one of unknown size is told as such", () => {
    const once = diskOf({ node: clusterOf().nodes[0]!, disk: 0, seated: [setOf({ pulls: [{ image: "a", bytes: 5 }, { image: "b", bytes: undefined }] }), setOf({ pulls: [{ image: "a", bytes: 5 }] })] });
    expect(once).toMatchObject({ images: 5, unknown: ["b"] });
  });
});
