import type { Manifest } from "../../engine/model/manifest";
import { changed, defaultDeny } from "../../tools/control-plane/plan/objects";
import { planOfRelease } from "../../tools/control-plane/plan/sides";

const policy = (name: string, spec: object): Manifest => ({ apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name, namespace: "case" }, spec: { endpointSelector: {}, ...spec } });
const said = (before: readonly Manifest[], after: readonly Manifest[]) =>
  planOfRelease(before, after).units.flatMap((unit) => unit.consequences).filter(({ rule }) => rule === "network-policy").map(({ says, opens }) => `${opens ? "! " : ""}${says}`);

const https = { toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] };
const closed = policy("default-deny", { ingress: [{}], egress: [{}] });
const web = policy("web", { endpointSelector: { matchLabels: { app: "web" } }, egress: [{ toFQDNs: [{ matchName: "example.org" }], ...https }] });

test("who is let through besides is said, in Cilium's words", () => {
  const more = [{ toEntities: ["kube-apiserver"], ...https }, { toEndpoints: [{ matchLabels: { app: "db", "k8s:io.kubernetes.pod.namespace": "db" } }] }, { toPorts: [{ ports: [{ port: "53" }] }] }, { toCIDRSet: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }], ...https }];
  expect(said([web], [changed(web, "spec.egress", [{ toFQDNs: [{ matchName: "example.org" }], ...https }, ...more])])).toEqual([
    "! lets out: kube-apiserver, TCP 443; pods db in namespace db, every port; everybody, any protocol 53; 0.0.0.0/0 but 10.0.0.0/8, TCP 443",
  ]);
  expect(said([web], [changed(web, "spec.egress", [{}])])).toEqual(["closes out: example.org, TCP 443"]);
});

test("a direction that loses its rules is closed no more", () => {
  expect(said([closed], [changed(closed, "spec.egress", undefined)])).toEqual(["! it closes Egress no more"]);
  expect(said([closed, web], [closed])).toEqual(["Argo CD deletes it, which closes out: example.org, TCP 443"]);
  expect(said([closed, web], [web])).toEqual(["Argo CD deletes it", "! nothing else closes Ingress and Egress for every pod of the namespace"]);
});

test("a policy in one language may stand in for one in the other", () => {
  expect(said([defaultDeny], [closed])).toEqual(["Argo CD deletes it"]);
  expect(said([closed], [defaultDeny])).toEqual(["Argo CD deletes it"]);
});

test("nothing is said where nothing changes", () => {
  expect(planOfRelease([closed, web], [closed, web]).units).toEqual([]);
});
