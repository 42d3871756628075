import { image } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import type { Bytes, Cpu } from "../../engine/model/quantity";
import { pack } from "../../engine/proofs/fit/pack";
import { fits } from "../../engine/proofs/fit/fits";
import { podSetsOf } from "../../engine/proofs/fit/pods";
import { containerApp } from "../../engine/workload/container-app";
import { builtOf, clusterOf, worldOf } from "../lab-of";

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
