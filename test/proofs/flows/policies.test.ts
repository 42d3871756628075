import type { Manifest } from "../../../engine/model/manifest";
import { place } from "../../../engine/model/placement";
import { Allowed } from "../../../engine/proofs/flows/allowed";
import { groundOf, peerWords } from "../../../engine/proofs/flows/ground";
import { policiesIn } from "../../../engine/proofs/flows/policies";
import { portWords } from "../../../engine/proofs/flows/ports";
import type { Cni } from "../../../engine/model/distribution";
import { deployment, object } from "../../checks/objects";
import { appOf, clusterOf, worldOf } from "../../lab-of";

const labels = (component: string) => ({ "app.kubernetes.io/component": component });
const web = { ...deployment({ name: "web", labels: labels("web"), container: { ports: [{ name: "http", containerPort: 8080 }, { name: "names", containerPort: 53, protocol: "UDP" }] } }) };
const other = { ...deployment({ name: "other", labels: labels("other") }), metadata: { name: "other", namespace: "elsewhere" } };
const namespaces = [object("Namespace", "app"), { ...object("Namespace", "elsewhere"), metadata: { name: "elsewhere", labels: { team: "blue" } } }];

const policy = (spec: object): Manifest => ({ ...object("NetworkPolicy", "policy"), apiVersion: "networking.k8s.io/v1", spec: { podSelector: {}, ...spec } });

/** What pods of `web` may say or hear under one policy, in words. */
function words(spec: object, direction: "ingress" | "egress", cni: Cni = { name: "flannel", enforcesPolicies: true }): readonly string[] {
  const plain = clusterOf();
  const cluster = clusterOf({ distribution: { ...plain.distribution, cni }, runs: [place(appOf({ makes: [{ component: "there", namespace: "elsewhere", labels: labels("there"), count: 1, requests: { cpu: "1m", memory: "1Mi" } }] }))] });
  const world = worldOf({ clusters: [cluster] });
  const [release] = world.releases;
  const built = [{ release: release!, manifests: [web, other, ...namespaces, policy(spec)], findings: [] }];
  const ground = groundOf(release!.cluster, built, world);
  const kind = ground.kinds.find(({ component }) => component === "web")!;
  return new Allowed(ground, policiesIn(built)).regions(kind, direction).map(({ peers, ports }) => `${peerWords(peers, ground)} ${portWords(ports)}`);
}

test("whom no policy selects is free, in the direction that it says nothing of", () => {
  expect(words({ ingress: [] }, "egress")).toEqual(["everyone every port"]);
  expect(words({ podSelector: { matchLabels: labels("other") }, ingress: [] }, "ingress")).toEqual(["everyone every port"]);
});

test("without policyTypes a policy is about ingress, and about egress where it has rules for it", () => {
  expect(words({}, "ingress")).toEqual([]);
  expect(words({ egress: [] }, "egress")).toEqual(["everyone every port"]);
  expect(words({ egress: [{ to: [{ ipBlock: { cidr: "192.0.2.1/32" } }] }] }, "egress")).toEqual(["192.0.2.1/32 every port"]);
});

test("a rule without peers is everyone, and one without ports every port", () => {
  expect(words({ ingress: [{}] }, "ingress")).toEqual(["everyone every port"]);
  expect(words({ ingress: [{ from: [], ports: [{ port: 80 }] }] }, "ingress")).toEqual(["everyone TCP 80"]);
  expect(words({ ingress: [{ ports: [{ protocol: "UDP" }] }] }, "ingress")).toEqual(["everyone UDP 0-65535"]);
});

test("a pod selector alone looks in the policy's own namespace, a namespace selector alone takes all pods of another", () => {
  expect(words({ ingress: [{ from: [{ podSelector: {} }] }] }, "ingress")).toEqual(["app's web every port", "any other pod in app every port"]);
  expect(words({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "blue" } } }] }] }, "ingress")).toEqual([
    "app's other every port",
    "app's there every port",
    "any other pod in elsewhere every port",
  ]);
  expect(words({ ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] }, podSelector: { matchLabels: labels("other") } }] }] }, "ingress")).toEqual(["app's other every port"]);
});

test("every namespace can be told by its name", () => {
  expect(words({ egress: [{ to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "default" } } }] }] }, "egress")).toEqual(["default's other pods every port"]);
});

test("a block is without its exceptions", () => {
  expect(words({ egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/9", "10.255.0.0/16"] } }] }] }, "egress")).toEqual(["10.128.0.0-10.254.255.255 every port"]);
});

test("ports run to endPort, and names are those of the pod that is called", () => {
  expect(words({ ingress: [{ ports: [{ port: 6800, endPort: 7568 }] }] }, "ingress")).toEqual(["everyone TCP 6800-7568"]);
  expect(words({ ingress: [{ ports: [{ port: "http" }, { port: "names" }, { port: "names", protocol: "UDP" }, { port: "nothing" }] }] }, "ingress")).toEqual(["everyone TCP 8080", "everyone UDP 53"]);
  expect(words({ egress: [{ to: [{ podSelector: { matchLabels: labels("web") } }, { ipBlock: { cidr: "192.0.2.1/32" } }], ports: [{ port: "http" }] }] }, "egress")).toEqual(["app's web TCP 8080"]);
});

test("IPv6 blocks are told apart as they are written", () => {
  expect(words({ egress: [{ to: [{ ipBlock: { cidr: "2001:db8::/32" } }] }] }, "egress")).toEqual(["2001:db8::/32 every port"]);
});

describe("Cilium knows pods and nodes by identity: a block matches", () => {
  const egress = { egress: [{ to: [{ ipBlock: { cidr: "192.168.40.8/29" } }, { ipBlock: { cidr: "10.42.0.0/16" } }] }] };

  test("neither, as it comes", () => {
    expect(words(egress, "egress", { name: "cilium", enforcesPolicies: true })).toEqual(["192.168.40.8-192.168.40.10 every port", "192.168.40.13-192.168.40.15 every port"]);
  });

  test("nodes, where it is told so", () => {
    expect(words(egress, "egress", { name: "cilium", enforcesPolicies: true, blocksMatchNodes: true })).toEqual(["192.168.40.8/29 every port"]);
  });
});
