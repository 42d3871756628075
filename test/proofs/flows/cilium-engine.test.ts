import fc from "fast-check";
import type { Built } from "../../../engine/model/built";
import { fieldOf, type Manifest } from "../../../engine/model/manifest";
import { place } from "../../../engine/model/placement";
import type { World } from "../../../engine/model/resolve";
import { Allowed } from "../../../engine/proofs/flows/allowed";
import { unreadIn } from "../../../engine/proofs/flows/cilium-unread";
import { groundOf, type Ground, type PodKind } from "../../../engine/proofs/flows/ground";
import { policiesIn, type Direction } from "../../../engine/proofs/flows/policies";
import { portRun } from "../../../engine/proofs/flows/ports";
import type { Region, Run } from "../../../engine/proofs/flows/region";
import { synthesize } from "../../../engine/synth";
import { deployment, object } from "../../checks/objects";
import { appOf, worldOf } from "../../lab-of";
import { importsDir, labs } from "../../labs";
import { ciliumCluster, onCilium } from "../../on-cilium";
import { describeWithGo } from "../../rules/with-go";
import { engineAnswers, type EnginePeer, type EnginePort, type Question } from "./cilium-engine";

/** A peer as the engine knows it, and where it stands on our line. */
interface Peer {
  readonly says: string;
  readonly asked: EnginePeer;
  readonly places: readonly Run[];
}

interface Scene {
  readonly question: Question;
  readonly pods: readonly PodKind[];
  readonly peers: readonly Peer[];
  readonly allowed: Allowed;
}

/** Everybody on a cluster with Cilium: its pods, its nodes, somebody in the LAN, somebody outside, and the names that policies have. */
function sceneOf(ground: Ground, built: readonly Built[], ports: readonly EnginePort[]): Scene {
  const policies = built.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "CiliumNetworkPolicy"));
  const pods = ground.kinds.filter(({ hostNetwork }) => !hostNetwork);
  const at = (address: string) => ground.blocks.run(`${address}/32`);
  const [server] = ground.identities!.apiServer;
  // Where nobody knows the addresses of nodes, as on Kind, their whole network stands for the API server as well.
  const worker = ground.cluster.nodes.find(({ role, address }) => role === "worker" && address !== "")?.address;
  const names = [...new Set(policies.flatMap((policy) => [...JSON.stringify(policy).matchAll(/"toFQDNs":\[(.*?)\]/g)].flatMap(([, list = ""]) => [...list.matchAll(/"match(?:Name|Pattern)":"([^"]*)"/g)].map(([, name]) => name!))))];
  const peers: readonly Peer[] = [
    ...pods.map((kind): Peer => ({ says: `${kind.namespace} ${JSON.stringify(kind.labels)}`, asked: podOf(kind, ground), places: [{ first: kind.at, last: kind.at }] })),
    { says: "the API server", asked: { reserved: ["remote-node", "kube-apiserver"] }, places: [server!] },
    ...(worker === undefined ? [] : ["host", "remote-node"].map((it): Peer => ({ says: it, asked: { reserved: [it] }, places: [at(worker)] }))),
    ...["192.168.40.77", "198.51.100.1"].map((address): Peer => ({ says: address, asked: { address }, places: [at(address)] })),
    ...names.filter((name) => !name.includes("*")).map((name, index): Peer => ({ says: name, asked: { address: `203.0.113.${index + 1}`, names: [name] }, places: [ground.blocks.run(name), at(`203.0.113.${index + 1}`)] })),
  ];
  return { question: { policies, peers: peers.map(({ asked }) => asked), ports }, pods, peers, allowed: new Allowed(ground, policiesIn(built)) };
}

const podOf = ({ namespace, labels, namedPorts }: PodKind, { namespaces }: Ground): EnginePeer => ({ namespace, labels, namespaceLabels: namespaces.get(namespace) ?? {}, namedPorts: Object.fromEntries(namedPorts) });

const holds = (regions: readonly Region[], place: Run, port: Run): boolean =>
  regions.some(({ peers, ports }) => peers.first <= place.first && place.last <= peers.last && ports.first <= port.first && port.last <= ports.last);

/** Where the engine lets through what the proof does not count, or the other way round. */
function disagreements(scenes: readonly Scene[]): readonly string[] {
  const answers = engineAnswers(scenes.map(({ question }) => question));
  return scenes.flatMap(({ question, pods, peers, allowed }, scene) => {
    const answer = answers[scene]!;
    const runs = question.ports.map(({ protocol, port }) => portRun(protocol, port));
    const found = (["egress", "ingress"] as const satisfies readonly Direction[]).flatMap((direction) =>
      pods.flatMap((pod, index) => {
        const regions = allowed.regions(pod, direction);
        return peers.flatMap(({ says, places }, other) => {
          const ours = runs.map((port) => (places.some((it) => holds(regions, it, port)) ? "1" : "0")).join("");
          const theirs = answer[direction][index]![other]!;
          return ours === theirs ? [] : [`${direction} of ${pod.namespace} ${JSON.stringify(pod.labels)}, ${says}: ${ours} by the proof, ${theirs} by the engine${question.policies.length < 4 ? `: ${JSON.stringify(question.policies.map(({ metadata, spec }) => [metadata.namespace, spec]))}` : ""}`];
        });
      }),
    );
    return [...answer.refused, ...found];
  });
}

const groundIn = (world: World, built: readonly Built[]): Ground => groundOf(built[0]!.release.cluster, built, world);

/** Every port that some policy names, and one that none does. */
const portsIn = (manifests: readonly Manifest[]): readonly EnginePort[] => {
  const named = manifests.flatMap(({ spec }) => ["ingress", "egress"].flatMap((direction) => ((fieldOf(spec, direction) ?? []) as readonly object[]).flatMap((rule) => ((fieldOf(rule, "toPorts", 0, "ports") ?? []) as readonly { port: string; protocol: EnginePort["protocol"] }[]))));
  return [...new Map(named.map(({ port, protocol }) => [`${protocol} ${port}`, { port: Number(port), protocol }])).values(), { port: 40000, protocol: "TCP" }];
};

describeWithGo("Cilium's own policy engine reads policies as the proof does", ["verdicts"], () => {
  test.each(Object.keys(labs))("all of %s's, were Cilium on its clusters", (folder) => {
    const { built, world } = synthesize(onCilium(labs[folder]!), importsDir);
    const clusters = world.lab.clusters.map(({ name }) => built.filter(({ release }) => release.cluster.name === name)).filter((here) => here.length > 0);
    const scenes = clusters.map((here) => sceneOf(groundIn(world, here), here, portsIn(here.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "CiliumNetworkPolicy")))));
    expect(scenes.some(({ question }) => question.policies.length > 0)).toBe(true);
    expect(disagreements(scenes)).toEqual([]);
  });

  const labels = (component: string) => ({ "app.kubernetes.io/component": component, "pod-template-hash": "1" });
  const web = deployment({ name: "web", labels: labels("web"), container: { ports: [{ name: "http", containerPort: 8080 }, { name: "names", containerPort: 53, protocol: "UDP" }] } });
  const other = { ...deployment({ name: "other", labels: labels("other") }), metadata: { name: "other", namespace: "elsewhere" } };
  const namespaces = [object("Namespace", "app"), { ...object("Namespace", "elsewhere"), metadata: { name: "elsewhere", labels: { team: "blue" } } }];
  const world = worldOf({ clusters: [ciliumCluster({ runs: [place(appOf({ makes: [{ component: "there", namespace: "elsewhere", labels: { role: "there" }, count: 1, requests: { cpu: "1m", memory: "1Mi" } }] }))] })] });

  const keys = fc.constantFrom("app.kubernetes.io/component", "k8s:app.kubernetes.io/component", "role", "any:role", "pod-template-hash", "io.kubernetes.pod.namespace", "k8s:io.kubernetes.pod.namespace", "io.cilium.k8s.namespace.labels.team");
  const values = fc.constantFrom("web", "other", "there", "app", "elsewhere", "blue", "1");
  const expression = fc.oneof(
    fc.record({ key: keys, operator: fc.constantFrom("In", "NotIn"), values: fc.array(values, { minLength: 1, maxLength: 2 }) }),
    fc.record({ key: keys, operator: fc.constantFrom("Exists", "DoesNotExist") }),
  );
  const selector = fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 4, arbitrary: fc.record({ matchLabels: fc.dictionary(keys, values, { maxKeys: 2 }), matchExpressions: fc.array(expression, { maxLength: 1 }) }, { requiredKeys: [] }) });
  const subject = fc.oneof(fc.constant({}), fc.constantFrom("web", "other").map((component) => ({ matchLabels: { "app.kubernetes.io/component": component } })), fc.constant({ matchExpressions: [{ key: "role", operator: "DoesNotExist" }] }));
  const cidr = fc.constantFrom("0.0.0.0/0", "192.168.40.0/24", "192.168.40.77/32", "192.168.40.8/29", "10.42.0.0/16", "198.51.100.0/24", "198.51.100.1/32");
  const entities = fc.constantFrom(["kube-apiserver"], ["host", "remote-node"], ["host", "remote-node", "kube-apiserver"]);
  const port = fc.oneof(
    fc.record({ port: fc.constantFrom("53", "80", "8080", "0"), protocol: fc.constantFrom("TCP", "UDP", "ANY") }, { requiredKeys: ["port"] }),
    fc.record({ port: fc.constant("80"), endPort: fc.constantFrom(80, 90, 9000), protocol: fc.constantFrom("TCP", "UDP") }),
  );
  const toPorts = fc.array(fc.record({ ports: fc.array(port, { minLength: 1, maxLength: 2 }) }), { minLength: 1, maxLength: 2 });
  const rule = (side: "from" | "to", ports: fc.Arbitrary<unknown> = toPorts) =>
    fc.tuple(
      fc.oneof(
        fc.array(selector, { maxLength: 2 }).map((it) => ({ [`${side}Endpoints`]: it })),
        entities.map((it) => ({ [`${side}Entities`]: it })),
        fc.array(cidr, { minLength: 1, maxLength: 2 }).map((it) => ({ [`${side}CIDR`]: it })),
        fc.constant({ [`${side}CIDRSet`]: [{ cidr: "192.168.40.0/24", except: ["192.168.40.64/26"] }, { cidr: "198.51.100.0/24" }] }),
        fc.constant({}),
      ),
      fc.option(ports, { nil: undefined }),
    ).map(([peers, given]) => ({ ...peers, ...(given === undefined ? {} : { toPorts: given }) }));
  const questions = fc.constant({ toEndpoints: [{ matchLabels: { "k8s-app": "kube-dns", "k8s:io.kubernetes.pod.namespace": "kube-system" } }], toPorts: [{ ports: [{ port: "53", protocol: "ANY" }], rules: { dns: [{ matchPattern: "*" }] } }] });
  const named = fc.tuple(questions, fc.record({ toFQDNs: fc.constant([{ matchName: "example.org" }]), toPorts })).map(([ask, call]) => [ask, call]);
  const spec = fc.record({
    endpointSelector: subject,
    ingress: fc.array(fc.oneof(rule("from"), rule("from", fc.constant([{ ports: [{ port: "http", protocol: "TCP" }] }]))), { minLength: 1, maxLength: 2 }),
    egress: fc.oneof(fc.array(rule("to"), { minLength: 1, maxLength: 2 }), named),
  }, { requiredKeys: ["endpointSelector"] }).filter((it) => it.ingress !== undefined || it.egress !== undefined);
  const policy = fc.tuple(spec, fc.constantFrom("app", "elsewhere")).filter(([it]) => unreadIn({ ...object("CiliumNetworkPolicy", "policy"), spec: it }).length === 0);

  test("and any other that it does not refuse", () => {
    const ports: readonly EnginePort[] = [53, 80, 85, 8080].flatMap((it) => (["TCP", "UDP"] as const).map((protocol) => ({ port: it, protocol })));
    const scene = (policies: readonly (readonly [object, string])[]): Scene => {
      const written = policies.map(([it, namespace], index): Manifest => ({ apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: `policy-${index}`, namespace }, spec: it }));
      const built = [{ release: world.releases[0]!, manifests: [web, other, ...namespaces, ...written], findings: [] }];
      return sceneOf(groundIn(world, built), built, ports);
    };
    fc.assert(
      fc.property(fc.array(fc.array(policy, { minLength: 1, maxLength: 3 }), { minLength: 100, maxLength: 100 }), (sets) => {
        expect(disagreements(sets.map(scene))).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});
