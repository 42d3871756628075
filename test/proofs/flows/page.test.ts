import { image } from "../../../engine/model/image";
import { anywhere, internet } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { openingsPage } from "../../../engine/proofs/flows/page";
import { containerApp } from "../../../engine/workload/container-app";
import { appOf, builtOf, clusterOf, worldOf } from "../../lab-of";
import { ciliumCluster } from "../../on-cilium";

const surfer = containerApp({ name: "surfer", image: image("docker.io/library/surfer", "1.0"), port: 8080, talksTo: { web: internet("example.org"), resolver: internet("192.0.2.1"), all: anywhere("whatever is asked for", { port: 80 }) } });
const daemon = appOf({ name: "daemon", makes: [{ component: "agent", labels: { role: "agent" }, count: "per-node", requests: { cpu: "1m", memory: "1Mi" }, hostNetwork: true, exempt: { "host-network": "it answers ARP" } }] });
const page = (enforcesPolicies = true) => {
  const plain = clusterOf();
  const world = worldOf({ clusters: [clusterOf({ distribution: { ...plain.distribution, cni: { name: "flannel", enforcesPolicies } }, runs: [place(surfer), place(daemon)] })] });
  return openingsPage(world.lab.clusters[0]!, builtOf(world));
};

test("a name on the internet is told to be its port to everywhere but private ranges", () => {
  expect(page()).toContain("| surfer | every pod | example.org | TCP 443 |");
  expect(page()).toContain("everywhere but 10.0.0.0/8");
});

test("pods on their node's network are named with their reasons", () => {
  expect(page()).toContain("| daemon | agent | it answers ARP |");
});

test("where nothing enforces policies the page begins with that", () => {
  expect(page(false)).toContain("flannel enforces no policies");
  expect(page()).not.toContain("enforces no policies");
});

test("where policies know names, only whom pods choose is open", () => {
  const world = worldOf({ clusters: [ciliumCluster({ runs: [place(surfer)] })] });
  const onCilium = openingsPage(world.lab.clusters[0]!, builtOf(world));
  expect(onCilium).toContain("| surfer | every pod | whatever is asked for | TCP 80 |");
  expect(onCilium).toContain("whatever else answers there");
  expect(onCilium).not.toContain("example.org");
  expect(page()).toContain("| surfer | every pod | whatever is asked for | TCP 80 |");
  expect(page()).not.toContain("192.0.2.1");
});
