import fc from "fast-check";
import type { Built } from "../../../engine/model/built";
import { fieldOf, objectName, type Manifest } from "../../../engine/model/manifest";
import { image } from "../../../engine/model/image";
import { component, speaks } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { flowsHold } from "../../../engine/proofs/flows/flows-hold";
import { containerApp } from "../../../engine/workload/container-app";
import { appOf, builtOf, clusterOf, worldOf, worldRunning } from "../../lab-of";
import { labs, synthesisOf } from "../../labs";

const server = containerApp({ name: "server", image: image("docker.io/library/server", "1.0"), port: 9000, reach: "cluster", speaks: "things" });
const client = containerApp({ name: "client", image: image("docker.io/library/client", "1.0"), port: 8080, reach: "cluster", talksTo: { things: speaks("things") } });

const pair = () => {
  const world = worldRunning(place(server), place(client));
  return { world, built: builtOf(world) };
};

/** The same releases with one object changed, or gone. */
const changed = (built: readonly Built[], of: string, address: string, change: (manifest: Manifest) => Manifest | undefined): readonly Built[] =>
  built.map((it) => (it.release.address === address ? { ...it, manifests: it.manifests.flatMap((manifest) => (objectName(manifest) === of ? (change(manifest) ?? []) : [manifest])) } : it));

const withSpec = (manifest: Manifest, spec: object): Manifest => ({ ...manifest, spec: { ...(manifest["spec"] as object), ...spec } });

test("what the engine writes is what was declared", () => {
  const { built, world } = pair();
  expect(flowsHold(built, world)).toEqual([]);
});

test.each(Object.keys(labs))("nothing is missing and nothing is too much in %s", (folder) => {
  const { built, world } = synthesisOf(folder);
  expect(flowsHold(built, world)).toEqual([]);
});

test("a policy that lets too much through is named, with whom and where", () => {
  const { built, world } = pair();
  const opened = changed(built, "NetworkPolicy/server", "one/server", (policy) => withSpec(policy, { ingress: [{ ports: [{ port: 9000 }] }] }));
  expect(flowsHold(opened, world)).toMatchObject([{ rule: "flow-extra", severity: "error", address: "one/server", found: expect.stringMatching(/^server may be called by .* on TCP 9000, through NetworkPolicy server$/) }]);
});

test("pods that no policy selects are too much", () => {
  const { built, world } = pair();
  const without = changed(changed(built, "NetworkPolicy/default-deny", "one/client", () => undefined), "NetworkPolicy/client", "one/client", () => undefined);
  expect(flowsHold(without, world).filter(({ found }) => found.startsWith("client ")).map(({ rule, found }) => [rule, found])).toEqual([["flow-extra", "client may be called by everyone on every port, through no policy that selects it"]]);
});

test("a declared call that is let out and not let in is missing, with who declared it", () => {
  const { built, world } = pair();
  const closed = changed(built, "NetworkPolicy/server", "one/server", () => undefined);
  expect(flowsHold(closed, world).map(({ rule, address, found }) => [rule, address, found])).toEqual([
    ["flow-missing", "one/server", "server cannot be called by client, any other pod in client on TCP 9000, as declared by things"],
  ]);
});

test("without egress to it nobody resolves names", () => {
  const { built, world } = pair();
  const deaf = changed(built, "NetworkPolicy/server-release", "one/server", () => undefined);
  expect(flowsHold(deaf, world).map(({ found }) => found)).toContain("server cannot call kube-system's k8s-app=kube-dns on TCP 53; kube-system's k8s-app=kube-dns on UDP 53, as declared by names");
});

test("what an owner patched with a reason is said, and stops nothing", () => {
  const patched = place(server, { patch: [{ of: "NetworkPolicy/server", at: "/spec/ingress/0/ports/0/port", value: 9001, because: "the new port is rolled out by hand" }] });
  const world = worldRunning(patched, place(client));
  const findings = flowsHold(builtOf(world), world);
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([["flow-extra", "warning"], ["flow-missing", "warning"]]);
  expect(findings[0]?.fix).toContain("the new port is rolled out by hand");
});

test("an app's own policy is evaluated as well", () => {
  const { built, world } = pair();
  const own = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "own", namespace: "server" }, spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] } };
  const findings = flowsHold(built.map((it) => (it.release.name === "server" ? { ...it, manifests: [...it.manifests, own] } : it)), world);
  expect(new Set(findings.map(({ rule, address }) => `${rule} ${address}`))).toEqual(new Set(["flow-extra one/server"]));
  expect(findings[0]?.found).toContain("through NetworkPolicy own");
});

test("policies that are not proven are refused", () => {
  const { built, world } = pair();
  const more = (manifest: Manifest) => flowsHold(built.map((it) => (it.release.name === "server" ? { ...it, manifests: [...it.manifests, manifest] } : it)), world).map(({ rule }) => rule);
  expect(more({ apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "own", namespace: "server" } })).toEqual(["policy-read"]);
  expect(more({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "own", namespace: "kube-system" }, spec: { podSelector: {} } })).toEqual(["policy-read"]);
});

test("the owner is told where nothing enforces policies", () => {
  const plain = clusterOf();
  const world = worldOf({ clusters: [clusterOf({ distribution: { ...plain.distribution, cni: { name: "flannel", enforcesPolicies: false } }, runs: [place(server)] })] });
  expect(flowsHold(builtOf(world), world)).toMatchObject([{ rule: "policies-enforced", severity: "warning", address: "one" }]);
});

test("pods on their node's network are called at the node's address", () => {
  const daemon = { component: "daemon", labels: { role: "daemon" }, count: "per-node", requests: { cpu: "1m", memory: "1Mi" }, hostNetwork: true } as const;
  const world = worldRunning(place(appOf({ makes: [daemon, { ...daemon, component: "caller", labels: { role: "caller" }, hostNetwork: false }], needs: { talksTo: { daemon: component("daemon", 7000, { from: "caller" }) } } })));
  expect(flowsHold(builtOf(world), world).map(({ found }) => found)).toEqual([expect.stringContaining("cannot call 192.168.40.11-192.168.40.12 on TCP 7000")]);
});

test("what only observes has no policies yet, and nothing is said of it", () => {
  const world = worldRunning(place(server, { enforcement: "observe" }));
  expect(flowsHold(builtOf(world), world)).toEqual([]);
});

interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports: readonly unknown[];
}
type Direction = "ingress" | "egress";

describe("one change to one rule of one policy is found", () => {
  const { built, world } = synthesisOf("lab");
  const policies = built.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "NetworkPolicy").map((policy) => ({ release, policy })));
  const policyAt = (index: number) => policies[index % policies.length]!;
  const rulesIn = (policy: Manifest, direction: Direction): readonly Rule[] => (fieldOf(policy, "spec", direction) ?? []) as readonly Rule[];
  const peersIn = (rule: Rule): readonly unknown[] => rule.from ?? rule.to ?? [];

  /** The rules of all findings about a policy's cluster, with its own rules of one direction replaced. */
  const rulesFound = ({ release, policy }: (typeof policies)[number], direction: Direction, rules: readonly unknown[]): readonly string[] => {
    const types = [...new Set([...(fieldOf(policy, "spec", "policyTypes") as readonly string[]), direction === "ingress" ? "Ingress" : "Egress"])];
    const here = built.filter((it) => it.release.cluster === release.cluster);
    const replaced = (manifest: Manifest) => (manifest === policy ? withSpec(policy, { [direction]: rules, policyTypes: types }) : manifest);
    return flowsHold(here.map((it) => (it.release === release ? { ...it, manifests: it.manifests.map(replaced) } : it)), world).map(({ rule }) => rule);
  };
  const direction = fc.constantFrom<Direction>("ingress", "egress");

  test("a rule more", () => {
    const peer = fc.oneof(
      fc.ipV4().map((address) => ({ ipBlock: { cidr: `${address}/32` } })),
      fc.nat().map((index) => ({ podSelector: { matchLabels: fieldOf(policyAt(index).policy, "spec", "podSelector", "matchLabels") } })),
      fc.constant({ podSelector: {} }),
      fc.constant({ namespaceSelector: {} }),
    );
    // No port of the lab is among these, so that nothing of it was allowed before. Labels of another namespace select nobody.
    fc.assert(
      fc.property(fc.nat(), direction, peer, fc.integer({ min: 40000, max: 60000 }), (index, where, who, port) => {
        const { release, policy } = policyAt(index);
        const labels = "podSelector" in who ? JSON.stringify((who.podSelector as { matchLabels?: object }).matchLabels ?? {}) : undefined;
        fc.pre(labels === undefined || labels === "{}" || labels === JSON.stringify(fieldOf(policy, "spec", "podSelector", "matchLabels") ?? {}));
        const rule = { [where === "ingress" ? "from" : "to"]: [who], ports: [{ port }] };
        expect(rulesFound({ release, policy }, where, [...rulesIn(policy, where), rule])).toContain("flow-extra");
      }),
      { numRuns: 150 },
    );
  });

  /** Whether another rule of the namespace opens one of the same ports towards the same namespace or to addresses, too. */
  const isDoubled = (policy: Manifest, where: Direction, rule: Rule): boolean => {
    const placesOf = (it: Rule) => peersIn(it).map((peer) => JSON.stringify(fieldOf(peer, "namespaceSelector") ?? "addresses"));
    const others = policies.filter((it) => it.policy.metadata.namespace === policy.metadata.namespace).flatMap((it) => rulesIn(it.policy, where)).filter((it) => it !== rule);
    return others.some((it) => it.ports.some((port) => rule.ports.some((own) => fieldOf(own, "port") === fieldOf(port, "port"))) && placesOf(it).some((place) => placesOf(rule).includes(place)));
  };

  test("a port less, or a peer less", () => {
    fc.assert(
      fc.property(fc.nat(), direction, fc.nat(), fc.boolean(), fc.nat(), (index, where, at, ofPorts, which) => {
        const { release, policy } = policyAt(index);
        const rules = rulesIn(policy, where);
        const rule = rules[at % rules.length];
        fc.pre(rule !== undefined && !isDoubled(policy, where, rule));
        const key = ofPorts ? "ports" : where === "ingress" ? "from" : "to";
        const list = rule?.[key] ?? [];
        const less = list.toSpliced(which % list.length, 1);
        // An empty list would mean everyone, or every port.
        const next = rules.flatMap((it) => (it !== rule ? [it] : less.length ? [{ ...it, [key]: less }] : []));
        expect(rulesFound({ release, policy }, where, next)).toContain("flow-missing");
      }),
      { numRuns: 150 },
    );
  });
});
