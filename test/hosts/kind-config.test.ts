import { kindConfig } from "../../engine/hosts/kind-config";
import { cilium, kind } from "../../engine/model/distribution";
import { fieldOf } from "../../engine/model/manifest";
import { synthesisOf } from "../labs";

const { world } = synthesisOf("lab");
const configOf = (name: string) => kindConfig(world.lab.clusters.find((cluster) => cluster.name === name)!, world);

test("the way in is mapped to ports of the host that are the cluster's own", () => {
  expect(fieldOf(configOf("studio"), "nodes", 0, "extraPortMappings")).toEqual([
    { containerPort: 30080, hostPort: 23080, protocol: "TCP" },
    { containerPort: 30443, hostPort: 23443, protocol: "TCP" },
  ]);
});

test("no two Kind clusters of a host share a port", () => {
  const ports = ["air", "pro", "studio"].flatMap((name) => (fieldOf(configOf(name), "nodes", 0, "extraPortMappings") as readonly { readonly hostPort: number }[]).map((it) => it.hostPort));
  expect(new Set(ports).size).toBe(ports.length);
});

test("each node keeps only its share of the machine", () => {
  expect(fieldOf(configOf("air"), "kubeadmConfigPatches", 0)).toBe('kind: KubeletConfiguration\nsystemReserved:\n  cpu: "23"\n  memory: 188Gi\n');
});

test("another CNI comes in the place of Kind's own", () => {
  const air = world.lab.clusters.find(({ name }) => name === "air")!;
  expect(fieldOf(configOf("air"), "networking", "disableDefaultCNI")).toBeUndefined();
  expect(fieldOf(kindConfig({ ...air, distribution: kind({ cni: cilium }) }, world), "networking", "disableDefaultCNI")).toBe(true);
  expect(fieldOf(kindConfig({ ...air, distribution: kind({ cni: { ...cilium, replacesKubeProxy: true } }) }, world), "networking", "kubeProxyMode")).toBe("none");
  expect(fieldOf(configOf("air"), "networking", "kubeProxyMode")).toBeUndefined();
  expect(kind({ cni: cilium }).systemPods.map(({ name }) => name)).not.toContain("kindnet");
});
