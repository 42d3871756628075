import fc from "fast-check";
import { flowsOf } from "../../engine/model/flow";
import { image } from "../../engine/model/image";
import { internet, speaks } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { containerApp } from "../../engine/workload/container-app";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { builtOf, clusterOf, worldOf, worldRunning } from "../lab-of";

const server = containerApp({ name: "server", image: image("docker.io/library/server", "1.0"), port: 9000, reach: "cluster", speaks: "things" });
const client = containerApp({ name: "client", image: image("docker.io/library/client", "1.0"), port: 8080, reach: "cluster", talksTo: { things: speaks("things") } });
const surfer = containerApp({ name: "surfer", image: image("docker.io/library/surfer", "1.0"), port: 8080, reach: "cluster", talksTo: { web: internet("example.org") } });

const policiesOf = (manifests: readonly Manifest[]) => manifests.filter((it) => it.kind === "NetworkPolicy");
const portsIn = (policies: readonly Manifest[], direction: "ingress" | "egress") =>
  policies.flatMap((it) => (fieldOf(it, "spec", direction) as readonly { ports: readonly { port: number }[] }[] | undefined) ?? []).flatMap((rule) => rule.ports.map(({ port }) => port));

test("one talksTo opens the caller's side and the callee's side, and nothing else", () => {
  const [callee, caller] = builtOf(worldRunning(place(server), place(client)));
  expect(portsIn(policiesOf(caller!.manifests), "egress").sort()).toEqual([53, 53, 9000]);
  expect(portsIn(policiesOf(callee!.manifests), "ingress")).toEqual([9000]);
  expect(portsIn(policiesOf(caller!.manifests), "ingress")).toEqual([]);
  expect(portsIn(policiesOf(callee!.manifests), "egress").sort()).toEqual([53, 53]);
});

test("the internet is everywhere but private ranges", () => {
  const [it] = builtOf(worldRunning(place(surfer)));
  expect(JSON.stringify(policiesOf(it!.manifests))).toContain('"cidr":"0.0.0.0/0","except":["10.0.0.0/8"');
});

test("a peer on another cluster is called at its ingress address, by its host name", () => {
  const far = clusterOf({ name: "two", network: { pods: "10.44.0.0/16", services: "10.45.0.0/16", ingress: "192.168.40.230", pools: { default: "192.168.40.230-192.168.40.240" } }, nodes: [], runs: [place(containerApp({ name: "server", image: image("docker.io/library/server", "1.0"), port: 9000, reach: "lan", speaks: "things" }))] });
  const world = worldOf({ clusters: [clusterOf({ runs: [place(client, { using: { things: "two/server" } })] }), far] });
  const flows = flowsOf(world.release("one/client")!, world).filter((flow) => flow.because.startsWith("things"));
  expect(flows).toMatchObject([{ to: { kind: "addresses", cidrs: ["192.168.40.230/32"] }, port: 443 }]);
});

test("two candidates are never guessed between", () => {
  expect(() => worldRunning(place(server), place(server, { as: "second" }), place(client))).toThrow(/one of: one\/server, one\/second/);
});

test("policies are the same whatever the order of placements", () => {
  const runs = [place(server), place(client), place(surfer)];
  const policies = (order: readonly number[]) => builtOf(worldRunning(...order.map((index) => runs[index]!))).flatMap(({ manifests }) => policiesOf(manifests)).map((it) => JSON.stringify(it)).sort();
  fc.assert(fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => expect(policies(order)).toEqual(policies([0, 1, 2]))), { numRuns: 6 });
});
