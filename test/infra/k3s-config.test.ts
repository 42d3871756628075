import { k3sConfig } from "../../engine/hosts/k3s-config";
import { cronOf } from "../../engine/model/cron";
import { cilium, k3s, type Cni } from "../../engine/model/distribution";
import type { Cluster } from "../../engine/model/cluster";
import { lab as hybrid } from "../../examples/hybrid/lab";
import { k3sRelease } from "../../infra/hosts/k3s-release";
import { lab } from "../../lab/lab";

type Kind = "text" | "list" | "flag" | "number";

/** Flags that `k3s server` and `k3s agent` know, with their types: pkg/cli/cmds/{server,agent}.go of k3s; etcd-s3-retention: docs.k3s.io/cli/etcd-snapshot. */
const agentFlags: Readonly<Record<string, Kind>> = {
  "token-file": "text",
  server: "text",
  "node-name": "text",
  "node-ip": "list",
  "node-label": "list",
  "node-taint": "list",
  "protect-kernel-defaults": "flag",
  "kubelet-arg": "list",
};
const serverFlags: Readonly<Record<string, Kind>> = {
  ...agentFlags,
  "cluster-init": "flag",
  "cluster-cidr": "list",
  "service-cidr": "list",
  "cluster-dns": "list",
  "tls-san": "list",
  "flannel-backend": "text",
  "disable-network-policy": "flag",
  disable: "list",
  "write-kubeconfig-mode": "text",
  "secrets-encryption": "flag",
  "kube-apiserver-arg": "list",
  "etcd-snapshot-schedule-cron": "text",
  "etcd-snapshot-retention": "number",
  "etcd-snapshot-compress": "flag",
  "etcd-snapshot-dir": "text",
  "etcd-s3": "flag",
  "etcd-s3-endpoint": "text",
  "etcd-s3-region": "text",
  "etcd-s3-bucket": "text",
  "etcd-s3-retention": "number",
};

const kindOf = (value: unknown): Kind =>
  Array.isArray(value) ? "list" : typeof value === "boolean" ? "flag" : typeof value === "number" ? "number" : "text";

const nodes = [lab, hybrid].flatMap((it) =>
  it.clusters
    .filter(({ distribution }) => distribution.name === "k3s")
    .flatMap((cluster) =>
      cluster.nodes.map((node) => ({ name: `${cluster.name}/${node.name}`, node, config: k3sConfig(cluster, node, it) })),
    ),
);

test.each(nodes)("$name is started with flags that k3s has, of their types", ({ node, config }) => {
  const known = node.role === "control-plane" ? serverFlags : agentFlags;
  expect(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, kindOf(value)]))).toEqual(
    Object.fromEntries(Object.keys(config).map((key) => [key, known[key]])),
  );
});

const forge = lab.clusters.find(({ name }) => name === "forge")!;
const configOf = (cluster: Cluster, index: number) => k3sConfig(cluster, cluster.nodes[index]!, lab);

test("what the lab switched off is switched off, in k3s' own words", () => {
  expect(configOf(forge, 0)["disable"]).toEqual([...forge.distribution.disables].sort());
  const bare = { ...forge, distribution: k3s({ disable: ["local-storage", "traefik"] }) };
  expect(configOf(bare, 0)["disable"]).toEqual(["local-storage", "traefik"]);
});

test("the first server makes the cluster, and every other node joins it", () => {
  expect(forge.nodes.map((_, index) => [configOf(forge, index)["cluster-init"], configOf(forge, index)["server"]]).slice(0, 4)).toEqual([
    [true, undefined],
    [undefined, forge.network.api],
    [undefined, forge.network.api],
    [undefined, forge.network.api],
  ]);
});

test("pods, services and DNS agree with the lab", () => {
  expect(configOf(forge, 1)).toMatchObject({
    "cluster-cidr": [forge.network.pods],
    "service-cidr": [forge.network.services],
    "cluster-dns": ["10.114.0.10"],
  });
});

test("labels and taints are the node's", () => {
  expect(configOf(forge, 7)).toMatchObject({ "node-label": expect.arrayContaining(["hearth.dev/role=gpu"]), "node-taint": ["nvidia.com/gpu:NoSchedule"] });
});

test("secrets are encrypted at rest, and who asked for what is written down", () => {
  expect(configOf(forge, 0)).toMatchObject({ "secrets-encryption": true, "write-kubeconfig-mode": "0600" });
  expect(configOf(forge, 0)["kube-apiserver-arg"]).toEqual(expect.arrayContaining([expect.stringMatching(/^audit-policy-file=/)]));
});

test("snapshots go to the bucket that the backup stack makes, as often as planned, and no key stands in the file", () => {
  expect(configOf(forge, 0)).toMatchObject({
    "etcd-s3-bucket": "hearth-example-forge-k3s-snapshots",
    "etcd-snapshot-schedule-cron": "0 */6 * * *",
  });
  expect(Object.keys(configOf(forge, 0)).filter((key) => /key/.test(key))).toEqual([]);
});

test("an agent keeps nothing of a server's", () => {
  expect(Object.keys(configOf(forge, 7)).filter((key) => !(key in agentFlags))).toEqual([]);
});

test("another network than flannel takes flannel's place", () => {
  const withCni = (cni: Cni) => configOf({ ...forge, distribution: { ...forge.distribution, cni } }, 0);
  expect(withCni(cilium)).toMatchObject({ "flannel-backend": "none", "disable-network-policy": true });
  expect(withCni(cilium)["disable-kube-proxy"]).toBeUndefined();
  expect(withCni({ ...cilium, replacesKubeProxy: true })).toMatchObject({ "disable-kube-proxy": true });
});

test("every cluster's Kubernetes has a k3s release, and one that has none is told", () => {
  for (const { kubernetes, distribution } of lab.clusters)
    if (distribution.name === "k3s") expect(k3sRelease(kubernetes)).toContain(`v${kubernetes}.`);
  expect(() => k3sRelease("1.12")).toThrow(/no k3s release/);
});

test.each([
  ["15m", "*/15 * * * *"],
  ["6h", "0 */6 * * *"],
  ["1d", "0 0 * * *"],
  ["1w", "0 0 * * 0"],
  ["7h", undefined],
  ["45m", undefined],
] as const)("every %s is cron's %s", (every, cron) => {
  expect(cronOf(every)).toBe(cron);
});
