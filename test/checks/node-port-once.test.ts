import { nodePortOnce } from "../../engine/checks/manifests/node-port-once";
import type { Manifest } from "../../engine/model/manifest";
import { appOf, builtFrom } from "../lab-of";
import { deployment } from "./objects";

const onNode = (name: string, port: number): Manifest => deployment({ name, kind: "DaemonSet", pod: { hostNetwork: true }, container: { ports: [{ name: "web", containerPort: port }] } });
const taking = (name: string, hostPort: number, protocol?: string): Manifest => deployment({ name, container: { ports: [{ name: "web", containerPort: 8080, hostPort, ...(protocol ? { protocol } : {}) }] } });
const found = (...objects: readonly Manifest[]) => nodePortOnce(builtFrom(objects).built).map((it) => it.found);

test("two on their node's network cannot listen on one port", () => {
  expect(found(onNode("one", 9100), onNode("two", 9100))).toEqual(["one/app's DaemonSet/one and one/app's DaemonSet/two both take TCP 9100 of their node"]);
});

test("a host port counts as well, by its protocol", () => {
  expect(found(onNode("one", 9100), taking("two", 9100))).toHaveLength(1);
  expect(found(onNode("one", 9100), taking("two", 9100, "UDP"))).toEqual([]);
});

test("what a controller's pods are known to listen on counts on their node's network, and nowhere else", () => {
  const foundWith = (hostNetwork: boolean) => {
    const app = appOf({
      needs: { watches: { metrics: { agent: { port: 9100, component: "agent", series: [] } } } },
      makes: [{ component: "agent", labels: {}, count: "per-node", requests: { cpu: "10m", memory: "10Mi" }, ...(hostNetwork ? { hostNetwork } : {}) }],
    });
    return nodePortOnce(builtFrom([onNode("one", 9100)], app).built).map((it) => it.found);
  };
  expect(foundWith(true)).toEqual(["one/app's DaemonSet/one and one/app's agent both take TCP 9100 of their node"]);
  expect(foundWith(false)).toEqual([]);
});

test("what the node itself listens on is taken", () => {
  expect(found(onNode("one", 10250))).toEqual(["DaemonSet/one takes TCP 10250 of its node, where the kubelet listens"]);
});

test("pods with a network of their own take nothing of the node", () => {
  expect(found(deployment({ name: "one" }), deployment({ name: "two" }))).toEqual([]);
});
