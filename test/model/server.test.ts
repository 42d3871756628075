import { toServer, toUrl } from "../../engine/model/server";
import { authorityOf } from "../../engine/model/authority";
import { dnsRecords } from "../../engine/hosts/dns-records";
import { flowsOf } from "../../engine/model/flow";
import { kind } from "../../engine/model/distribution";
import { place } from "../../engine/model/placement";
import { siteOf } from "../../engine/model/site";
import { traefik } from "../../apps/traefik/traefik";
import { bundledTraefik, traefikIngress } from "../../apps/traefik/provides";
import { flowsHold } from "../../engine/proofs/flows/flows-hold";
import { appOf, builtOf, clusterOf, hostOf, labOf, twoHosts, worldOf } from "../lab-of";

const two = clusterOf({ name: "two", network: { ingress: "192.168.40.230" } });
const authority = { roots: ["root\n"] };
const nas = hostOf({ name: "nas", last: 20 });
const lab = labOf({
  hosts: [...twoHosts, nas],
  clusters: [clusterOf(), two],
  externals: [{ name: "sign-in", address: "192.168.40.9", port: 443, scheme: "https", speaks: "oidc", host: "id.test.example", authority }],
});
const site = siteOf(lab, lab.clusters[0]!);

test("a name that another cluster of the lab serves is at that cluster's entry: the internet leaves private addresses out", () => {
  expect(toUrl(site, "https://id.two.test.example/realms/home")).toEqual({ kind: "addresses", cidrs: ["192.168.40.230/32"], port: 443 });
  expect(toUrl(site, "http://192.168.40.7:8080", "server")).toEqual({ kind: "addresses", cidrs: ["192.168.40.7/32"], port: 8080, from: "server" });
});

test("a name that the lab gives to something in the house is there, with what must be believed, and in the lab's DNS", () => {
  expect(toUrl(site, "https://id.test.example/realms/home")).toEqual({ kind: "addresses", cidrs: ["192.168.40.9/32"], port: 443 });
  expect(toUrl(site, "https://nas.test.example:8443")).toEqual({ kind: "addresses", cidrs: ["192.168.40.20/32"], port: 8443 });
  expect(authorityOf("https://id.test.example/realms/home", lab)).toBe(authority);
  expect(dnsRecords(worldOf({ ...lab, clusters: [clusterOf()] }))).toContain('local-data: "id.test.example. 300 IN A 192.168.40.9"');
});

test("every other name is on the internet, at the port that the URL says", () => {
  expect(toUrl(site, "https://id.example.org:8443")).toMatchObject({ kind: "internet", host: "id.example.org", port: 8443 });
  expect(toServer(site, "two.test.example.org", 443)).toMatchObject({ kind: "internet" });
});

test("a name of the cluster's own leads to the pods of its ingress, on both sides, and on Kind out of its machine and back in", () => {
  expect(toUrl(site, "https://id.one.test.example")).toEqual({ kind: "entry", url: "https://id.one.test.example" });
  const { hostPorts: _none, ...network } = { ...clusterOf().network, hostPorts: { host: "one-1", from: 21000, to: 21999, http: 21080, https: 21443 } };
  const onKind = { ...clusterOf({ distribution: kind() }), network: { ...network, hostPorts: _none } };
  expect(toUrl(siteOf(labOf({ clusters: [onKind] }), onKind), "https://id.one.test.example:21443")).toEqual({ kind: "addresses", cidrs: ["192.168.40.11/32"], port: 21443 });

  const asks = place(appOf({ name: "notes", needs: { talksTo: { signIn: toUrl(site, "https://id.one.test.example") } } }));
  const world = worldOf({ clusters: [clusterOf({ runs: [place(traefik), asks], provides: { ingress: traefikIngress() } })] });
  const calls = world.releases.map((release) => flowsOf(release, world).flatMap(({ from, to, port }) => (from.kind === "release" && from.release === "one/notes" && to.kind === "pods" ? [`${to.release} ${port}`] : [])));
  expect(calls).toEqual([["one/traefik 8443"], ["one/traefik 8443"]]);
  expect(flowsHold(builtOf(world), world)).toEqual([]);

  const bundled = worldOf({ clusters: [clusterOf({ runs: [asks], provides: { ingress: bundledTraefik() } })] });
  expect(flowsOf(bundled.releases[0]!, bundled)).toContainEqual(expect.objectContaining({ port: 8443, to: expect.objectContaining({ namespace: "kube-system" }) }));
  expect(flowsHold(builtOf(bundled), bundled)).toEqual([]);
});
