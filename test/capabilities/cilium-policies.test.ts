import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { addresses, anywhere, component, internet, kubernetesApi, nodes, type Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, worldOf } from "../lab-of";
import { ciliumCluster } from "../on-cilium";

const made = (name: string, hostNetwork = false) => ({ component: name, labels: { app: name }, count: 1, requests: { cpu: "10m", memory: "16Mi" }, hostNetwork }) as const;

const policies = (needs: Needs, ...makes: readonly ReturnType<typeof made>[]): readonly Manifest[] =>
  builtOf(worldOf({ clusters: [ciliumCluster({ runs: [place(appOf({ needs, makes }))] })] })).flatMap(({ manifests }) => manifests.filter(({ kind }) => kind.endsWith("NetworkPolicy")));

/** The rules of one direction of one policy. */
const rules = (written: readonly Manifest[], name: string, direction: "ingress" | "egress") => fieldOf(written.find((it) => objectName(it) === `CiliumNetworkPolicy/${name}`), "spec", direction);

const dns = { Endpoints: [{ matchLabels: { "k8s-app": "kube-dns", "k8s:io.kubernetes.pod.namespace": "kube-system" } }] };
const port = (it: number, protocol = "TCP") => ({ port: String(it), protocol });
const everyName = { rules: { dns: [{ matchPattern: "*" }] } };

test("all policies of a release are Cilium's, and none is Kubernetes'", () => {
  const written = policies({});
  expect(written.map(objectName)).toEqual(["CiliumNetworkPolicy/default-deny", "CiliumNetworkPolicy/app-release"]);
  // A rule that lets nothing through closes a direction; an empty list would not.
  expect(written[0]?.["spec"]).toEqual({ endpointSelector: {}, ingress: [{}], egress: [{}] });
});

test("the API server and nodes are called by what they are, not by address", () => {
  expect(rules(policies({ talksTo: { api: kubernetesApi(), kubelets: nodes(10250) } }), "app-release", "egress")).toEqual([
    { toEndpoints: dns.Endpoints, toPorts: [{ ports: [port(53), port(53, "UDP")] }] },
    { toEntities: ["host", "remote-node"], toPorts: [{ ports: [port(10250)] }] },
    { toEntities: ["kube-apiserver"], toPorts: [{ ports: [port(6443)] }] },
  ]);
});

test("a host on the internet is called by its name, and its addresses are learned from the DNS", () => {
  expect(rules(policies({ talksTo: { web: internet("example.org"), mirrors: internet("*.example.net", { port: 80 }) } }), "app-release", "egress")).toEqual([
    { toEndpoints: dns.Endpoints, toPorts: [{ ports: [port(53), port(53, "UDP")], ...everyName }] },
    { toFQDNs: [{ matchName: "example.org" }], toPorts: [{ ports: [port(443)] }] },
    { toFQDNs: [{ matchPattern: "*.example.net" }], toPorts: [{ ports: [port(80)] }] },
  ]);
});

test("whom only its pods choose, and what is given by address, is let through by address", () => {
  const found = rules(policies({ talksTo: { web: anywhere("anything"), resolver: internet("192.0.2.1"), nas: addresses(["192.168.40.5/32"], 9000, { endPort: 9010 }) } }), "app-release", "egress");
  expect(found).toEqual([
    { toCIDRSet: [{ cidr: "0.0.0.0/0", except: expect.arrayContaining(["10.0.0.0/8"]) }], toPorts: [{ ports: [port(443)] }] },
    { toCIDRSet: [{ cidr: "192.0.2.1/32" }], toPorts: [{ ports: [port(443)] }] },
    { toCIDRSet: [{ cidr: "192.168.40.5/32" }], toPorts: [{ ports: [{ ...port(9000), endPort: 9010 }] }] },
    { toEndpoints: dns.Endpoints, toPorts: [{ ports: [port(53), port(53, "UDP")] }] },
  ]);
});

test("webhook calls and pods on their node's network come from nodes", () => {
  const fromNodes = (it: number) => [{ fromEntities: ["host", "remote-node"], toPorts: [{ ports: [port(it)] }] }];
  expect(rules(policies({ exposes: { hook: { port: 9443, scheme: "https", reach: "cluster", webhook: true } } }), "app", "ingress")).toEqual(fromNodes(9443));
  expect(rules(policies({ talksTo: { daemon: component("daemon", 3300, { from: "plugin" }) } }, made("daemon"), made("plugin", true)), "app-daemon", "ingress")).toEqual(fromNodes(3300));
});

test("whoever comes from the LAN may come by way of a node", () => {
  expect(rules(policies({ exposes: { mqtt: { port: 1883, scheme: "tcp", reach: "lan" } } }), "app", "ingress")).toEqual([
    { fromCIDRSet: [{ cidr: "192.168.40.0/24" }], toPorts: [{ ports: [port(1883)] }] },
    { fromEntities: ["host", "remote-node"], toPorts: [{ ports: [port(1883)] }] },
  ]);
});
