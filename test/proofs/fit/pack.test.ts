import fc from "fast-check";
import type { Cluster } from "../../../engine/model/cluster";
import type { GpuDevice } from "../../../engine/model/host";
import { allocatableOf } from "../../../engine/model/allocatable";
import { pack } from "../../../engine/proofs/fit/pack";
import type { Claim } from "../../../engine/proofs/fit/claims";
import type { PodSet } from "../../../engine/proofs/fit/pods";
import { rulesOf } from "../../../engine/proofs/fit/rules";
import { clusterWith, nodeOf, setOf } from "./sets";

const gi = 2 ** 30;
/** Where pods went, by set name; what found nothing is not among them. */
const seats = (cluster: Cluster, ...sets: readonly PodSet[]): readonly string[] => pack(cluster, sets).placed.map(({ pods, node }) => `${pods.name} ${node}`).sort();
const left = (cluster: Cluster, ...sets: readonly PodSet[]): readonly string[] => pack(cluster, sets).unplaced.map(({ name }) => name);
const two = clusterWith(nodeOf("a"), nodeOf("b"));

test.each([
  ["CPU", setOf({ requests: { cpu: 3000 }, count: 2 }), setOf({ requests: { cpu: 3000 }, count: 3 })],
  ["memory, without what the kubelet keeps", setOf({ requests: { memory: 7.9 * gi }, count: 2 }), setOf({ requests: { memory: 8 * gi } })],
  ["scratch space, without what the kubelet keeps", setOf({ requests: { ephemeralStorage: 90 * gi }, count: 2 }), setOf({ requests: { ephemeralStorage: 91 * gi } })],
  ["pods on a node", setOf({ count: 220 }), setOf({ count: 221 })],
  ["architecture", setOf({ architectures: ["amd64"] }), setOf({ architectures: ["arm64"] })],
])("%s counts", (_, fits, doesNot) => {
  expect(left(two, fits)).toEqual([]);
  expect(left(two, doesNot)).toEqual(["Deployment/app"]);
});

test("taints keep off whoever does not tolerate them, and one on each node is one on each that it tolerates", () => {
  const tainted = clusterWith(nodeOf("a", { taints: [{ key: "gpu", effect: "NoSchedule" }] }), nodeOf("b"));
  expect(seats(tainted, setOf({ name: "plain", count: 2 }))).toEqual(["plain b", "plain b"]);
  expect(seats(tainted, setOf({ name: "daemon", count: "per-node" }))).toEqual(["daemon b"]);
  expect(seats(tainted, setOf({ name: "daemon", count: "per-node", tolerations: [{ operator: "Exists" }] }))).toEqual(["daemon a", "daemon b"]);
});

describe("devices", () => {
  const gpu = (memory: GpuDevice["memory"]): GpuDevice => ({ vendor: "nvidia", model: "GPU", memory });
  const asks = (count: number, memory: number, pods = 1) => setOf({ count: pods, requests: { devices: { "nvidia.com/gpu": count } }, gpuMemory: memory * gi });
  const sharing = (cluster: Cluster, shares: number): Cluster => ({ ...cluster, provides: { ...cluster.provides, gpu: { vendor: "nvidia", shares, provide: () => ({ resource: "nvidia.com/gpu", count: 1, runtimeClassName: "", tolerations: [] }) } } });

  test("are counted, each with its own memory", () => {
    const mixed = clusterWith(nodeOf("a", { gpus: [gpu("24Gi"), gpu("48Gi")] }));
    expect(left(mixed, asks(1, 40))).toEqual([]);
    expect(left(mixed, asks(2, 20))).toEqual([]);
    expect(left(mixed, asks(2, 40))).toEqual(["Deployment/app"]);
    expect(left(mixed, asks(1, 20, 3))).toHaveLength(1);
  });

  test("that are shared hold no more memory than they have, and no more pods than shares", () => {
    const shared = sharing(clusterWith(nodeOf("a", { gpus: [gpu("24Gi")] })), 4);
    expect(left(shared, asks(1, 8, 3))).toEqual([]);
    expect(left(shared, asks(1, 8, 4))).toHaveLength(1);
    expect(left(shared, asks(1, 1, 5))).toHaveLength(1);
  });

  test("are left to those who need them, where others can stand elsewhere", () => {
    const one = clusterWith(nodeOf("a", { gpus: [gpu("24Gi")] }), nodeOf("b"));
    expect(seats(one, setOf({ name: "plain" }))).toEqual(["plain b"]);
  });
});

describe("neighbours", () => {
  const labels = { app: "x" };
  const term = { labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" };
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const zoned = clusterWith(...["a", "b", "c"].map((name, index) => nodeOf(name, { labels: { zone: index < 2 ? "east" : "west" } })));

  test("that are refused are not on the same node, and refuse in turn", () => {
    const alone = setOf({ name: "alone", namespace: "app", rules: rulesOf({ containers: [], affinity: { podAntiAffinity: { [required]: [term] } } }, "app") });
    expect(seats(two, alone, setOf({ name: "x", labels, requests: { cpu: 3000 } }))).toEqual(["alone a", "x b"]);
    expect(left(two, setOf({ name: "each", labels, count: 3, rules: alone.rules }))).toEqual(["each"]);
    expect(seats(two, alone, setOf({ name: "x", labels, namespace: "other", count: 2, requests: { cpu: 2000 } }))).toHaveLength(3);
  });

  test("that are demanded are there", () => {
    const beside = rulesOf({ containers: [], affinity: { podAffinity: { [required]: [{ ...term, topologyKey: "zone" }] } } }, "app");
    const cluster = clusterWith(nodeOf("a", { labels: { zone: "east" } }), nodeOf("b", { labels: { zone: "west" }, taints: [{ key: "only", effect: "NoSchedule" }] }));
    const x = setOf({ name: "x", labels, requests: { memory: gi }, stands: (_, { name }) => name === "b", tolerations: [{ operator: "Exists" }] });
    expect(left(cluster, x, setOf({ name: "beside", rules: beside }))).toEqual(["beside"]);
    expect(seats(cluster, x, setOf({ name: "beside", rules: beside, tolerations: [{ operator: "Exists" }] }))).toEqual(["beside b", "x b"]);
    expect(left(cluster, setOf({ name: "group", labels, count: 2, rules: beside }))).toEqual([]);
  });

  test("are awaited by larger pods that demand them, however the others fill", () => {
    const beside = rulesOf({ containers: [], affinity: { podAffinity: { [required]: [term] } } }, "app");
    const demanding = setOf({ name: "demanding", rules: beside, requests: { memory: 4 * gi } });
    const x = setOf({ name: "x", labels, requests: { memory: gi } });
    expect(left(two, demanding, x)).toEqual([]);
    // Where the third goes first, x follows it, and the demanding one no longer fits there.
    expect(left(two, demanding, setOf({ name: "third", requests: { memory: 5 * gi } }), x)).toEqual([]);
    expect(left(two, demanding, setOf({ name: "other" }))).toEqual(["demanding"]);
    const chain = setOf({ name: "last", rules: rulesOf({ containers: [], affinity: { podAffinity: { [required]: [{ ...term, labelSelector: { matchLabels: { app: "demanding" } } }] } } }, "app"), requests: { memory: 2 * gi } });
    expect(left(two, chain, { ...demanding, labels: { app: "demanding" } }, x)).toEqual([]);
  });

  test("are spread over nodes that their taints keep them off, unless the pod says that these are no places", () => {
    const tainted = clusterWith(nodeOf("a"), nodeOf("b"), nodeOf("gpu", { taints: [{ key: "gpu", effect: "NoSchedule" }] }));
    const spread = (more: object) => rulesOf({ containers: [], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: labels }, ...more }] }, "app");
    const x = (more: object, some: Partial<PodSet> = {}) => setOf({ name: "x", labels, count: 3, rules: spread(more), ...some });
    expect(left(tainted, x({}))).toEqual(["x"]);
    expect(left(tainted, x({ nodeTaintsPolicy: "Honor" }))).toEqual([]);
    // What the pod itself rules out is no place, unless it says so.
    const elsewhere: Partial<PodSet> = { stands: (_, { name }) => name !== "gpu" };
    expect(left(tainted, x({}, elsewhere))).toEqual([]);
    expect(left(tainted, x({ nodeAffinityPolicy: "Ignore" }, elsewhere))).toEqual(["x"]);
  });

  test("are spread over places, where that is demanded", () => {
    const spread = rulesOf({ containers: [], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: labels } }] }, "app");
    const set = (count: number, cpu: number) => setOf({ name: "x", labels, count, rules: spread, requests: { cpu } });
    expect(seats(zoned, set(3, 100)).filter((it) => it.endsWith(" c"))).not.toEqual([]);
    // West holds one, and east may hold but one more.
    expect(left(zoned, set(4, 3000))).toEqual(["x"]);
    expect(left(clusterWith(nodeOf("a", { labels: { zone: "east" } })), set(4, 100))).toEqual([]);
  });
});

test("ports of a node have one owner on it, and another on the next", () => {
  const web = (name: string, count: number) => setOf({ name, count, ports: ["TCP 80"] });
  expect(left(two, web("web", 2), setOf({ name: "dns", count: 2, ports: ["UDP 80"] }))).toEqual([]);
  expect(left(two, web("web", 2), web("other", 1))).toEqual(["other"]);
});

describe("volumes", () => {
  const claim = (more: Partial<Claim> = {}): Claim => ({ id: "app/data", perPod: false, onOneNode: true, nodeLocal: false, topologyKey: undefined, bytes: 10 * gi, ...more });

  test("that one node at a time can mount keep whoever shares them together", () => {
    const half = (name: string) => setOf({ name, requests: { cpu: 2000 }, claims: [claim()] });
    expect(new Set(seats(two, half("one"), half("two"), setOf({ name: "third", requests: { cpu: 4000 } })).map((it) => it.split(" ")[1]))).toEqual(new Set(["a", "b"]));
    expect(seats(two, half("one"), half("two"), setOf({ name: "third", requests: { cpu: 4000 } }))).toHaveLength(3);
    expect(left(two, half("one"), half("two"), half("three"))).toEqual(["one", "two", "three"]);
  });

  test("on the node's own disk take of it, each once", () => {
    const local = (name: string, bytes: number, id = "app/data") => setOf({ name, claims: [claim({ id, nodeLocal: true, bytes: bytes * gi })] });
    expect(left(two, local("one", 60), local("two", 60))).toEqual([]);
    expect(left(two, local("one", 60), local("two", 60, "app/two"), local("three", 60, "app/three"))).toHaveLength(1);
    expect(left(two, local("one", 91))).toEqual(["one"]);
  });
});

describe("against trying everything", () => {
  const pods = fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 4 }), memory: fc.integer({ min: 1, max: 7 }) }), { minLength: 1, maxLength: 7 });
  const three = clusterWith(nodeOf("a"), nodeOf("b"), nodeOf("c"));
  const fitsSomehow = (all: readonly { readonly cpu: number; readonly memory: number }[], rooms: readonly (readonly [number, number])[]): boolean => {
    const [first, ...rest] = all;
    if (!first) return true;
    return rooms.some(([cpu, memory], index) => cpu >= first.cpu && memory >= first.memory && fitsSomehow(rest, rooms.with(index, [cpu - first.cpu, memory - first.memory])));
  };
  const setsOf = (all: readonly { readonly cpu: number; readonly memory: number }[]) => all.map(({ cpu, memory }, index) => setOf({ name: `pod-${index}`, requests: { cpu: cpu * 1000, memory: memory * gi } }));

  test("what fits is shown to fit, and what does not is not", () => {
    fc.assert(
      fc.property(pods, (all) => {
        // 7.9Gi are left of each node: as many as 7 whole ones.
        const somehow = fitsSomehow(all, [[4, 7.9], [4, 7.9], [4, 7.9]]);
        expect(pack(three, setsOf(all)).unplaced.length === 0).toBe(somehow);
      }),
      { numRuns: 400 },
    );
  });

  test("no node carries more than it offers, and every pod is somewhere or named", () => {
    fc.assert(
      fc.property(pods, (all) => {
        const sets = setsOf(all);
        const { placed, unplaced } = pack(three, sets);
        expect([...placed.map(({ pods }) => pods), ...unplaced].sort((a, b) => a.name.localeCompare(b.name))).toEqual(sets);
        for (const node of three.nodes) {
          const here = placed.filter((it) => it.node === node.name).map(({ pods: { requests } }) => requests);
          expect(here.reduce((sum, { cpu }) => sum + cpu, 0)).toBeLessThanOrEqual(allocatableOf(node).cpu);
          expect(here.reduce((sum, { memory }) => sum + memory, 0)).toBeLessThanOrEqual(allocatableOf(node).memory);
        }
      }),
    );
  });

  test("whoever is seated has the neighbours that it demands, and none that it refuses", () => {
    const neighbours = fc.array(fc.record({ memory: fc.integer({ min: 1, max: 5 }), apart: fc.integer({ min: 0, max: 8 }), beside: fc.integer({ min: 0, max: 8 }) }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(neighbours, (all) => {
        const term = (of: number) => ({ topologyKey: "kubernetes.io/hostname", takes: ({ labels }: { readonly labels: Readonly<Record<string, string>> }) => labels["index"] === String(of) });
        const isOther = (of: number, index: number) => of < all.length && of !== index;
        const sets = all.map(({ memory, apart, beside }, index) =>
          setOf({ name: `pod-${index}`, labels: { index: String(index) }, requests: { memory: memory * gi }, rules: { apart: isOther(apart, index) ? [term(apart)] : [], beside: isOther(beside, index) ? [term(beside)] : [], spread: [], prefersSpread: false } }),
        );
        const at = new Map(pack(three, sets).placed.map(({ pods, node }) => [pods.name, node]));
        all.forEach(({ apart, beside }, index) => {
          const own = at.get(`pod-${index}`);
          if (own === undefined) return;
          if (isOther(apart, index)) expect(at.get(`pod-${apart}`)).not.toBe(own);
          if (isOther(beside, index)) expect(at.get(`pod-${beside}`)).toBe(own);
        });
      }),
      { numRuns: 400 },
    );
  });
});
