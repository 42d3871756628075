import fc from "fast-check";
import type { Built } from "../../../engine/model/built";
import { sentenceOf } from "../../../engine/model/finding";
import { image } from "../../../engine/model/image";
import { fieldOf, objectName, type Manifest } from "../../../engine/model/manifest";
import { addresses, internet, kubernetesApi, nodes } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { flowsHold } from "../../../engine/proofs/flows/flows-hold";
import { synthesize } from "../../../engine/synth";
import { containerApp } from "../../../engine/workload/container-app";
import { appOf, builtOf, worldOf } from "../../lab-of";
import { importsDir, labs } from "../../labs";
import { ciliumCluster, onCilium } from "../../on-cilium";

const caller = containerApp({ name: "caller", image: image("docker.io/library/caller", "1.0"), port: 8080, reach: "cluster", talksTo: { api: kubernetesApi(), kubelets: nodes(10250), web: internet("example.org") } });

const world = worldOf({ clusters: [ciliumCluster({ runs: [place(caller)] })] });
const built = builtOf(world);

/** What is found with one policy changed, or one object more. */
const withSpec = (name: string, spec: object): readonly Built[] =>
  built.map((it) => ({ ...it, manifests: it.manifests.map((manifest) => (objectName(manifest) === `CiliumNetworkPolicy/${name}` ? { ...manifest, spec: { ...(manifest["spec"] as object), ...spec } } : manifest)) }));
const withObject = (manifest: Manifest): readonly Built[] => built.map((it) => ({ ...it, manifests: [...it.manifests, manifest] }));
const found = (changed: readonly Built[]) => flowsHold(changed, world).map(({ rule, found: what }) => `${rule}: ${what}`);

const rulesOf = (name: string): readonly object[] => built.flatMap(({ manifests }) => manifests.filter((it) => objectName(it) === `CiliumNetworkPolicy/${name}`).flatMap((it) => fieldOf(it, "spec", "egress") as readonly object[]));

const synthesized = Object.fromEntries(Object.entries(labs).map(([folder, lab]) => [folder, onCilium(lab)]));

test.each(Object.keys(labs))("nothing is missing and nothing is too much in %s, were Cilium on its clusters", (folder) => {
  const it = synthesize(synthesized[folder]!, importsDir);
  expect(it.findings.filter(({ severity }) => severity === "error").map(sentenceOf)).toEqual([]);
  expect(it.built.flatMap(({ manifests }) => manifests).filter(({ kind }) => kind === "NetworkPolicy")).toEqual([]);
  expect(flowsHold(it.built, it.world)).toEqual([]);
});

test("what the engine writes is what was declared, and what is opened besides is named", () => {
  expect(found(built)).toEqual([]);
  expect(found(withSpec("default-deny", { egress: [{ toEntities: ["host", "remote-node"], toPorts: [{ ports: [{ port: "22", protocol: "TCP" }] }] }] }))).toContain(
    "flow-extra: caller may call 192.168.40.11-192.168.40.12 on TCP 22, through CiliumNetworkPolicy default-deny",
  );
});

test("a host is itself, and not its port to everywhere", () => {
  const everywhere = { toCIDRSet: [{ cidr: "0.0.0.0/0" }], toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] };
  const others = rulesOf("caller-release").filter((rule) => !("toFQDNs" in rule));
  expect(found(withSpec("caller-release", { egress: [...others, everywhere] }))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^flow-extra: caller may call .* on TCP 443/), expect.stringMatching(/^flow-missing: caller cannot call example\.org on TCP 443, as declared by web$/)]),
  );
});

test("without the proxied question no name has an address", () => {
  const unasked = rulesOf("caller-release").map((rule) => JSON.parse(JSON.stringify(rule).replace(/,"rules":\{[^}]*\}\]\}/, "")) as object);
  expect(found(withSpec("caller-release", { egress: unasked }))).toContain("flow-missing: caller cannot call example.org on TCP 443, as declared by web");
});

test("a block opens neither the API server nor nodes, and Cilium does not count it unless it is told to", () => {
  const byAddress = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "by-address", namespace: "caller" }, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "192.168.40.12/32" } }], ports: [{ port: 22 }] }] } };
  expect(found(withObject(byAddress))).toEqual([]);
  const told = ciliumCluster({ runs: [place(caller)] });
  const there = worldOf({ clusters: [{ ...told, distribution: { ...told.distribution, cni: { ...told.distribution.cni, blocksMatchNodes: true } } }] });
  expect(flowsHold(builtOf(there).map((it) => ({ ...it, manifests: [...it.manifests, byAddress] })), there).map(({ rule }) => rule)).toContain("flow-extra");
});

test("an address of the cluster's own node cannot be opened as an address, and synth says so", () => {
  const app = appOf({ name: "app", makes: [{ component: "app", labels: { role: "app" }, count: 1, requests: { cpu: "1m", memory: "1Mi" } }], needs: { talksTo: { node: addresses(["192.168.40.12/32"], 22) } } });
  const there = worldOf({ clusters: [ciliumCluster({ runs: [place(app)] })] });
  expect(flowsHold(builtOf(there), there).map(({ rule, found: what }) => `${rule}: ${what}`)).toContain("flow-missing: app cannot call 192.168.40.12/32 on TCP 22, as declared by node");
});

test("words that are not read are refused, and so is a policy of Cilium's where another CNI runs", () => {
  const own = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "own", namespace: "caller" }, spec: { endpointSelector: {}, egressDeny: [{}] } };
  expect(found(withObject(own))).toEqual(["policy-read: cilium.io/v2 CiliumNetworkPolicy/own in caller, with spec.egressDeny"]);
  expect(found(withObject({ ...own, kind: "CiliumClusterwideNetworkPolicy", metadata: { name: "own" } }))).toEqual(["policy-read: cilium.io/v2 CiliumClusterwideNetworkPolicy/own in the whole cluster"]);
});

interface Rule {
  readonly toPorts: readonly { readonly ports: readonly unknown[] }[];
}
type Direction = "ingress" | "egress";

describe("one change to one rule of one policy is found", () => {
  const lab = onCilium({ ...labs["lab"]!, clusters: labs["lab"]!.clusters });
  const whole = synthesize(lab, importsDir);
  const policies = whole.built.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "CiliumNetworkPolicy").map((policy) => ({ release, policy })));
  const policyAt = (index: number) => policies[index % policies.length]!;
  const rulesIn = (policy: Manifest, direction: Direction): readonly Rule[] => ((fieldOf(policy, "spec", direction) ?? []) as readonly Rule[]).filter((rule) => "toPorts" in rule);

  const rulesFound = ({ release, policy }: (typeof policies)[number], direction: Direction, rules: readonly unknown[]): readonly string[] => {
    const here = whole.built.filter((it) => it.release.cluster === release.cluster);
    const replaced = (manifest: Manifest) => (manifest === policy ? { ...policy, spec: { ...(policy["spec"] as object), [direction]: rules.length ? rules : [{}] } } : manifest);
    return flowsHold(here.map((it) => (it.release === release ? { ...it, manifests: it.manifests.map(replaced) } : it)), whole.world).map(({ rule }) => rule);
  };
  const direction = fc.constantFrom<Direction>("ingress", "egress");

  test("a rule more", () => {
    const peer = fc.oneof(
      fc.ipV4().filter((address) => !address.startsWith("10.") && !address.startsWith("192.168.")).map((address) => ({ CIDRSet: [{ cidr: `${address}/32` }] })),
      fc.constant({ Endpoints: [{}] }),
      fc.constant({ Entities: ["host", "remote-node"] }),
      fc.constant({ Entities: ["kube-apiserver"] }),
    );
    // No port of the lab is among these, so that nothing of it was allowed before.
    fc.assert(
      fc.property(fc.nat(), direction, peer, fc.integer({ min: 40000, max: 60000 }), (index, where, who, port) => {
        const { release, policy } = policyAt(index);
        const named = Object.fromEntries(Object.entries(who).map(([way, value]) => [`${where === "ingress" ? "from" : "to"}${way}`, value]));
        expect(rulesFound({ release, policy }, where, [...rulesIn(policy, where), { ...named, toPorts: [{ ports: [{ port: String(port), protocol: "TCP" }] }] }])).toContain("flow-extra");
      }),
      { numRuns: 100 },
    );
  });

  /** Whether another rule of the namespace opens one of the same ports, too. */
  const isDoubled = (policy: Manifest, where: Direction, rule: Rule): boolean => {
    const portsOf = (it: Rule) => it.toPorts.flatMap(({ ports }) => ports.map((port) => fieldOf(port, "port")));
    const others = policies.filter((it) => it.policy.metadata.namespace === policy.metadata.namespace).flatMap((it) => rulesIn(it.policy, where)).filter((it) => it !== rule);
    return others.some((it) => portsOf(it).some((port) => portsOf(rule).includes(port)));
  };

  test("a rule less", () => {
    fc.assert(
      fc.property(fc.nat(), direction, fc.nat(), (index, where, at) => {
        const { release, policy } = policyAt(index);
        const rules = rulesIn(policy, where);
        const rule = rules[at % rules.length];
        fc.pre(rule !== undefined && !isDoubled(policy, where, rule));
        expect(rulesFound({ release, policy }, where, rules.filter((it) => it !== rule))).toContain("flow-missing");
      }),
      { numRuns: 100 },
    );
  });
});
