import type { Manifest } from "../../../engine/model/manifest";
import { place } from "../../../engine/model/placement";
import { Allowed } from "../../../engine/proofs/flows/allowed";
import { unreadIn } from "../../../engine/proofs/flows/cilium-unread";
import { groundOf, peerWords } from "../../../engine/proofs/flows/ground";
import { policiesIn } from "../../../engine/proofs/flows/policies";
import { portWords } from "../../../engine/proofs/flows/ports";
import { deployment, object } from "../../checks/objects";
import { appOf, worldOf } from "../../lab-of";
import { ciliumCluster } from "../../on-cilium";

const labels = (component: string) => ({ "app.kubernetes.io/component": component, "pod-template-hash": "1" });
const web = deployment({ name: "web", labels: labels("web"), container: { ports: [{ name: "http", containerPort: 8080 }, { name: "names", containerPort: 53, protocol: "UDP" }] } });
const other = { ...deployment({ name: "other", labels: labels("other") }), metadata: { name: "other", namespace: "elsewhere" } };
const namespaces = [object("Namespace", "app"), { ...object("Namespace", "elsewhere"), metadata: { name: "elsewhere", labels: { team: "blue" } } }];

const policy = (spec: object): Manifest => ({ ...object("CiliumNetworkPolicy", "policy"), apiVersion: "cilium.io/v2", spec: { endpointSelector: {}, ...spec } });

/** What pods of `web` may say or hear under these policies, in words. */
function words(direction: "ingress" | "egress", ...specs: readonly object[]): readonly string[] {
  const world = worldOf({ clusters: [ciliumCluster({ runs: [place(appOf({ makes: [{ component: "there", namespace: "elsewhere", labels: { role: "there" }, count: 1, requests: { cpu: "1m", memory: "1Mi" } }] }))] })] });
  const [release] = world.releases;
  const built = [{ release: release!, manifests: [web, other, ...namespaces, ...specs.map(policy)], findings: [] }];
  const ground = groundOf(release!.cluster, built, world);
  const kind = ground.kinds.find(({ component }) => component === "web")!;
  return new Allowed(ground, policiesIn(built)).regions(kind, direction).map(({ peers, ports }) => `${peerWords(peers, ground)} ${portWords(ports)}`);
}
const incoming = (...rules: readonly object[]) => words("ingress", { ingress: rules });
const outgoing = (...rules: readonly object[]) => words("egress", { egress: rules });
const on = (...ports: readonly object[]) => ({ toPorts: [{ ports }] });

test("a direction that has rules is closed but for them, and one without any is open", () => {
  expect(incoming({})).toEqual([]);
  expect(words("egress", { ingress: [{}] })).toEqual(["everyone every port"]);
  expect(words("ingress", { ingress: [], egress: [{}] })).toEqual(["everyone every port"]);
  expect(words("ingress", { endpointSelector: { matchLabels: { "k8s:app.kubernetes.io/component": "other" } }, ingress: [{}] })).toEqual(["everyone every port"]);
});

test("a rule that names ports alone is about everyone, and one whose list of peers is empty about nobody", () => {
  expect(incoming(on({ port: "80", protocol: "TCP" }))).toEqual(["everyone TCP 80"]);
  expect(incoming({ fromEndpoints: [], ...on({ port: "80" }) })).toEqual([]);
});

test("pods are those of the policy's own namespace, unless it says something of namespaces", () => {
  expect(incoming({ fromEndpoints: [{}] })).toEqual(["app's web every port", "any other pod in app every port"]);
  expect(incoming({ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "elsewhere", role: "there" } }] })).toEqual(["app's there every port"]);
  expect(incoming({ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.namespace.labels.team": "blue" } }] })).toEqual(["app's other every port", "app's there every port", "any other pod in elsewhere every port"]);
  expect(incoming({ fromEndpoints: [{ matchExpressions: [{ key: "any:io.kubernetes.pod.namespace", operator: "In", values: ["default"] }] }] })).toEqual(["default's other pods every port"]);
});

test("one label by two names is both", () => {
  const from = (matchLabels: object) => incoming({ fromEndpoints: [{ matchLabels: { ...matchLabels, "io.kubernetes.pod.namespace": "elsewhere" } }] });
  expect(from({ role: "there", "k8s:role": "there" })).toEqual(["app's there every port"]);
  expect(from({ role: "other", "k8s:role": "there" })).toEqual([]);
});

test("labels by which Cilium tells no pods apart select none", () => {
  expect(incoming({ fromEndpoints: [{ matchLabels: { "pod-template-hash": "1" } }] })).toEqual([]);
  expect(incoming({ fromEndpoints: [{ matchLabels: { "app.kubernetes.io/component": "web" } }] })).toEqual(["app's web every port"]);
});

test("the API server is its nodes, and nodes are all of them; blocks match neither, nor pods", () => {
  expect(outgoing({ toEntities: ["kube-apiserver"], ...on({ port: "6443", protocol: "TCP" }) })).toEqual(["192.168.40.11/32 TCP 6443"]);
  expect(outgoing({ toEntities: ["host", "remote-node"] })).toEqual(["192.168.40.11/32 every port", "192.168.40.12/32 every port"]);
  expect(outgoing({ toCIDRSet: [{ cidr: "192.168.40.8/29", except: ["192.168.40.8/31"] }] }, { toCIDR: ["10.42.0.0/16", "192.0.2.1"] })).toEqual([
    "192.168.40.10/32 every port",
    "192.168.40.13-192.168.40.15 every port",
    "192.0.2.1/32 every port",
  ]);
});

test("ports are text, have ranges and names, and are of every protocol unless one is said", () => {
  expect(incoming(on({ port: "6800", endPort: 7568, protocol: "TCP" }))).toEqual(["everyone TCP 6800-7568"]);
  expect(incoming(on({ port: "53" }))).toEqual(["everyone TCP 53", "everyone UDP 53", "everyone SCTP 53"]);
  expect(incoming(on({ port: "0", protocol: "UDP" }))).toEqual(["everyone UDP 0-65535"]);
  expect(incoming(on({ port: "http", protocol: "TCP" }, { port: "names", protocol: "TCP" }, { port: "names", protocol: "ANY" }, { port: "nothing" }))).toEqual(["everyone TCP 8080", "everyone UDP 53"]);
});

describe("a name is called at whatever its address turns out to be", () => {
  const name = { toFQDNs: [{ matchName: "example.org" }, { matchPattern: "*.example.net" }], ...on({ port: "443", protocol: "TCP" }) };
  const questions = { toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns" } }], toPorts: [{ ports: [{ port: "53", protocol: "UDP" }], rules: { dns: [{ matchPattern: "*" }] } }] };

  test("which is learned where questions go through the DNS proxy", () => {
    expect(outgoing(name, questions)).toEqual(["example.org TCP 443", "*.example.net TCP 443", "kube-system's k8s-app=kube-dns UDP 53"]);
    expect(words("egress", { egress: [name] }, { egress: [questions] })).toHaveLength(3);
  });

  test("and never known otherwise", () => {
    expect(outgoing(name, { ...questions, toPorts: [{ ports: [{ port: "53", protocol: "UDP" }] }] })).toEqual(["kube-system's k8s-app=kube-dns UDP 53"]);
    expect(words("egress", { egress: [name] }, { endpointSelector: { matchLabels: { role: "other" } }, egress: [questions] })).toEqual([]);
  });
});

test("what is not read is named with its place", () => {
  const unread = (spec: object, more: object = {}) => unreadIn({ ...policy(spec), ...more });
  expect(unread({ ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:app": "a" } }], ...on({ port: "80", protocol: "TCP" }) }], egress: [{}] })).toEqual([]);
  expect(unread({}, { specs: [] })).toEqual(["specs"]);
  expect(unread({ ingressDeny: [{}], enableDefaultDeny: { egress: false } })).toEqual(["spec.ingressDeny", "spec.enableDefaultDeny"]);
  expect(unread({ egress: [{}, { toServices: [] }, { toEntities: ["world"] }, { toEntities: ["host"] }] })).toEqual(["spec.egress.1.toServices", 'spec.egress.2.toEntities = ["world"]', 'spec.egress.3.toEntities = ["host"]']);
  expect(unread({ egress: [{ toCIDRSet: [{ cidrGroupRef: "group" }] }] })).toEqual(["spec.egress.0.toCIDRSet.0.cidrGroupRef"]);
  expect(unread({ egress: [{ toPorts: [{ ports: [{ port: "53" }], rules: { dns: [{ matchName: "example.org" }] } }] }] })).toEqual(['spec.egress.0.toPorts.0.rules.dns = [{"matchName":"example.org"}]']);
  expect(unread({ ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: "VRRP" }], listener: {} }] }] })).toEqual(['spec.ingress.0.toPorts.0.ports.0.protocol = "VRRP"', "spec.ingress.0.toPorts.0.listener"]);
  // Cilium keeps one of the two.
  expect(unread({ ingress: [{ fromEndpoints: [{ matchLabels: { role: "web", "any:role": "there" } }] }] })).toEqual(['spec.ingress.0.fromEndpoints.0 = {"matchLabels":{"role":"web","any:role":"there"}}']);
  expect(unread({ ingress: [{ fromEndpoints: [{ matchLabels: { role: "web", "k8s:role": "there" } }] }] })).toEqual([]);
  // Who is in no namespace at all, an address outside or a node, is in none of those either.
  expect(unread({ egress: [{ toEndpoints: [{ matchExpressions: [{ key: "io.kubernetes.pod.namespace", operator: "NotIn", values: ["app"] }] }] }] })).toHaveLength(1);
  expect(unread({ ingress: [{ fromEndpoints: [{ matchLabels: { "reserved:host": "" } }], fromCIDR: ["10.0.0.0/8"] }] })).toEqual(['spec.ingress.0.fromEndpoints.0 = {"matchLabels":{"reserved:host":""}}', "spec.ingress.0 with fromEndpoints and fromCIDR"]);
});
