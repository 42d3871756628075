import { image } from "../../engine/model/image";
import { nodeOn } from "../../engine/model/cluster";
import { place } from "../../engine/model/placement";
import type { Bytes, Cpu } from "../../engine/model/quantity";
import { pack } from "../../engine/proofs/fit/pack";
import { fits } from "../../engine/proofs/fit/fits";
import { podSetsOf } from "../../engine/proofs/fit/pods";
import { witness } from "../../engine/proofs/fit/witness";
import { containerApp } from "../../engine/workload/container-app";
import { appOf, builtOf, clusterOf, hostOf, worldOf } from "../lab-of";

/** A lab that runs apps of these sizes on two nodes of 16 cores and 64Gi. */
const running = (...sizes: readonly { readonly cpu: Cpu; readonly memory: Bytes }[]) => {
  const runs = sizes.map((size, index) => place(containerApp({ name: `app-${index}`, image: image("docker.io/library/app", "1.0"), port: 8080, ...size })));
  const world = worldOf({ clusters: [clusterOf({ runs })] });
  return { world, built: builtOf(world) };
};

test("what fits is shown with a node for every pod", () => {
  const { built, world } = running({ cpu: "10", memory: "40Gi" }, { cpu: "10", memory: "40Gi" });
  expect(pack(world.lab.clusters[0]!, built.flatMap(podSetsOf)).placed.map((it) => it.node).sort()).toEqual(["one-1", "one-2"]);
});

test("the witness names every node with its pods and what is left, and nobody without a node", () => {
  const { built, world } = running({ cpu: "10", memory: "40Gi" }, { cpu: "10", memory: "40Gi" });
  const { nodes, homeless } = witness(built, world);
  expect(nodes.map(({ address, pods, free }) => [address, pods.length, free.cpu, free.memory])).toEqual([["one/one-1", 1, 6, 24 * 2 ** 30], ["one/one-2", 1, 6, 24 * 2 ** 30]]);
  expect(nodes.flatMap(({ pods }) => pods).map(({ release, name, count }) => [release, name, count]).sort()).toEqual([["one/app-0", "Deployment/app-0", 1], ["one/app-1", "Deployment/app-1", 1]]);
  expect(homeless).toEqual([]);
});

test("the witness says what found no node", () => {
  const { built, world } = running({ cpu: "1", memory: "40Gi" }, { cpu: "1", memory: "40Gi" }, { cpu: "1", memory: "40Gi" });
  expect(witness(built, world).homeless).toMatchObject([{ release: expect.stringMatching(/^one\/app-/), count: 1 }]);
});

test("sums that fit are not enough: three pods of 40Gi on two nodes of 64Gi", () => {
  const { built, world } = running({ cpu: "1", memory: "40Gi" }, { cpu: "1", memory: "40Gi" }, { cpu: "1", memory: "40Gi" });
  expect(fits(built, world)).toMatchObject([{ rule: "fits", severity: "error", address: expect.stringMatching(/^one\/app-/) }]);
});

test("production that only fits while every node is there is said so", () => {
  const { built, world } = running({ cpu: "1", memory: "40Gi" }, { cpu: "1", memory: "40Gi" });
  expect(fits(built, world).map((it) => [it.rule, it.address])).toEqual([["fits-without-a-node", "one/one-1"], ["fits-without-a-node", "one/one-2"]]);
});

test("a lab with room to lose a node is quiet", () => {
  const { built, world } = running({ cpu: "1", memory: "20Gi" }, { cpu: "1", memory: "20Gi" });
  expect(fits(built, world)).toEqual([]);
});

test("pods that a controller makes take their GPUs too: three on a node of two find no room", () => {
  const host = hostOf({ gpus: [1, 2].map(() => ({ vendor: "nvidia", model: "RTX", memory: "24Gi" }) as const) });
  const making = (count: number) =>
    place(appOf({ needs: { gpu: { vendor: "nvidia", count: 1, memory: "8Gi" } }, makes: [{ component: "server", labels: { made: "server" }, count, gpus: 1, requests: { cpu: "1", memory: "1Gi" } }] }));
  const rulesWith = (count: number) => {
    const world = worldOf({ hosts: [host], clusters: [clusterOf({ nodes: [nodeOn(host, { network: "lan", role: "control-plane" })], runs: [making(count)] })] });
    return fits(builtOf(world), world).map(({ rule }) => rule);
  };
  expect(rulesWith(2)).toEqual([]);
  expect(rulesWith(3)).toEqual(["fits"]);
});
