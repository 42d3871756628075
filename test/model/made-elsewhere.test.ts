import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { addresses, bucket, component, internet, rebuildable, speaks, type InternetPeer, type AddressesPeer } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, clusterOf, testProviders, worldOf, worldRunning } from "../lab-of";

const jobs = { component: "job", labels: { role: "job" }, count: 2, requests: { cpu: "1", memory: "1Gi" }, namespace: "runner-jobs" } as const;

const policiesIn = (manifests: readonly Manifest[], namespace: string): Readonly<Record<string, Manifest>> =>
  Object.fromEntries(manifests.flatMap((it) => (it.kind === "NetworkPolicy" && it.metadata.namespace === namespace ? [[it.metadata.name, it]] : [])));

const portsOf = (policy: Manifest | undefined): readonly unknown[] => ((fieldOf(policy, "spec", "egress") ?? []) as readonly unknown[]).flatMap((rule) => fieldOf(rule, "ports")).map((port) => fieldOf(port, "port"));

test("pods that a controller makes in a namespace of their own may do nothing there but resolve names and what is declared", () => {
  const runner = appOf({ name: "runner", makes: [jobs], needs: { talksTo: { web: internet("example.org", { from: "job" }) } } });
  const [built] = builtOf(worldRunning(place(runner)));
  const policies = policiesIn(built?.manifests ?? [], "runner-jobs");
  expect(Object.keys(policies).sort()).toEqual(["default-deny", "runner-job", "runner-release"]);
  expect(fieldOf(policies["default-deny"], "spec")).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(portsOf(policies["runner-release"])).toEqual([53, 53]);
  expect(portsOf(policies["runner-job"])).toEqual([443]);
});

test("whom the whole release calls, its pods elsewhere call too, and are let in", () => {
  const server = appOf({ name: "server", needs: { exposes: { api: { port: 9000, scheme: "http", reach: "cluster", speaks: "things" } } } });
  const runner = appOf({ name: "runner", makes: [jobs], needs: { talksTo: { things: speaks("things") } } });
  const [callee, caller] = builtOf(worldRunning(place(server), place(runner)));
  expect(portsOf(policiesIn(caller?.manifests ?? [], "runner-jobs")["runner-release"])).toContain(9000);
  const sources = JSON.stringify(fieldOf(policiesIn(callee?.manifests ?? [], "server")["server"], "spec", "ingress"));
  expect(sources).toContain('"kubernetes.io/metadata.name":"runner"');
  expect(sources).toContain('"kubernetes.io/metadata.name":"runner-jobs"');
});

test("what is one component's stays its own", () => {
  const runner = appOf({ name: "runner", makes: [jobs], needs: { talksTo: { cache: component("cache", 6379, { from: "runner" }) } } });
  const [built] = builtOf(worldRunning(place(runner)));
  expect(Object.values(policiesIn(built?.manifests ?? [], "runner-jobs")).flatMap(portsOf)).toEqual([53, 53]);
});

describe("a bucket outside the cluster is reached from every pod of the release", () => {
  const calls = (reachedAt: InternetPeer | AddressesPeer): string => {
    const runner = appOf({ name: "runner", makes: [jobs], needs: { stores: { cache: bucket(rebuildable("1Gi")) } } });
    const provides = { buckets: { provide: testProviders.buckets?.provide ?? (() => ({}) as never), reachedAt } };
    const [built] = builtOf(worldOf({ clusters: [clusterOf({ runs: [place(runner)], provides })] }));
    return JSON.stringify(fieldOf(policiesIn(built?.manifests ?? [], "runner-jobs")["runner-release"], "spec", "egress"));
  };

  test("on the internet", () => {
    expect(calls(internet("s3.example.org"))).toContain('"cidr":"0.0.0.0/0","except":["10.0.0.0/8"');
  });

  test("at an address of the house", () => {
    expect(calls(addresses(["192.168.40.5/32"], 9000))).toContain('{"ports":[{"port":9000,"protocol":"TCP"}],"to":[{"ipBlock":{"cidr":"192.168.40.5/32"}}]}');
  });
});
