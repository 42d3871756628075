import type { Made } from "../../engine/model/makes";
import { fieldOf, objectName } from "../../engine/model/manifest";
import { bucket, component, rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, clusterOf, manifestsOf, testProviders, worldOf } from "../lab-of";

const made = (name: string, more: Partial<Made> = {}): Made => ({ component: name, labels: { app: name }, count: 1, requests: { cpu: "10m", memory: "16Mi" }, ...more });

/** The ingress rules of one policy of the first release. */
const ingressOf = (app: Parameters<typeof place>[0], policy: string): unknown => {
  const found = manifestsOf(place(app)).find((manifest) => objectName(manifest) === `NetworkPolicy/${policy}`);
  return fieldOf(found, "spec", "ingress");
};

test("a range of ports is one rule", () => {
  const app = appOf({ makes: [made("client"), made("daemon")], needs: { talksTo: { daemon: component("daemon", 6800, { endPort: 7568, from: "client" }) } } });
  expect(fieldOf(ingressOf(app, "app-daemon"), 0, "ports")).toEqual([{ port: 6800, endPort: 7568, protocol: "TCP" }]);
});

test("pods on the host's network call with the addresses of the nodes and of the overlay, not with their labels", () => {
  const app = appOf({ makes: [made("plugin", { hostNetwork: true, count: "per-node" }), made("daemon")], needs: { talksTo: { daemon: component("daemon", 3300, { from: "plugin" }) } } });
  const peers = JSON.stringify(fieldOf(ingressOf(app, "app-daemon"), 0, "from"));
  expect(peers).toContain('"cidr":"192.168.40.12/32"');
  expect(peers).toContain('"cidr":"10.42.1.0/31"');
  expect(peers).not.toContain("plugin");
});

test("who has a bucket may call the app behind the cluster's buckets where it speaks S3, and nobody else may", () => {
  const objects = appOf({ name: "objects", needs: { exposes: { s3: { port: 8080, scheme: "http", reach: "cluster", speaks: "s3" }, admin: { port: 9090, scheme: "http", reach: "cluster" } } } });
  const user = appOf({ name: "user", needs: { stores: { cache: bucket(rebuildable("1Gi")) } } });
  const provides = { buckets: { provide: testProviders.buckets?.provide ?? (() => ({}) as never), backedBy: "objects" } };
  const built = builtOf(worldOf({ clusters: [clusterOf({ runs: [place(objects), place(user), place(appOf({ name: "other" }))], provides })] }));
  const policy = built[0]?.manifests.find((manifest) => objectName(manifest) === "NetworkPolicy/objects");
  expect(fieldOf(policy, "spec", "ingress")).toEqual([
    { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "user" } } }], ports: [{ port: 8080, protocol: "TCP" }] },
  ]);
});

test("of a pair only the active one answers", () => {
  const app = appOf({ makes: [made("manager")], needs: { exposes: { web: { port: 7000, scheme: "http", reach: "cluster", component: "manager", only: { role: "active" } } } } });
  const service = manifestsOf(place(app)).find((manifest) => objectName(manifest) === "Service/app-manager");
  expect(fieldOf(service, "spec", "selector")).toEqual({ app: "manager", role: "active" });
});
