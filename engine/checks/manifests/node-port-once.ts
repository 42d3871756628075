import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { portsOfNode } from "../../model/pod-template";
import type { Release } from "../../model/release";
import { groupsOf, repeated } from "../groups";
import { podsOf } from "./pods";

interface OnNode {
  readonly address: string;
  readonly object: string;
  readonly port: string;
}

/** Ports that every node of a cluster keeps for itself: https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
const nodesOwn: ReadonlyMap<string, string> = new Map([
  ["TCP 22", "SSH"],
  ["TCP 2379", "etcd"],
  ["TCP 2380", "etcd"],
  ["TCP 6443", "the API server"],
  ["TCP 10250", "the kubelet"],
]);

/** A port of the node itself has one owner: two pods that want it are never on one node, and one that the node has never starts. */
export const nodePortOnce = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const ports = here.flatMap(portsOnNodes);
    return [
      ...repeated(ports, ({ port }) => port).map(([port, same]) => report(same[1], `${same.map(({ address, object }) => `${address}'s ${object}`).join(" and ")} both take ${port} of their node`)),
      ...ports.flatMap((it) => {
        const owner = nodesOwn.get(it.port);
        return owner ? [report(it, `${it.object} takes ${it.port} of its node, where ${owner} listens`)] : [];
      }),
    ];
  });

const portsOnNodes = (it: Built): readonly OnNode[] => [
  ...podsOf(it).flatMap(({ object, template }) => portsOfNode(template.spec).map((port) => ({ address: it.release.address, object, port }))),
  ...madePorts(it.release),
];

/** Of pods that a controller makes on the node's network, what is known are the ports that the app says others reach. */
function madePorts({ address, makes, needs, app }: Release): readonly OnNode[] {
  const known = [...Object.values(needs.exposes ?? {}), ...Object.values(needs.watches?.metrics ?? {})];
  return makes
    .filter(({ hostNetwork }) => hostNetwork === true)
    .flatMap(({ component }) => {
      const ports = known.filter((it) => (it.component ?? app.name) === component).map((it) => `${it.scheme === "udp" ? "UDP" : "TCP"} ${it.port}`);
      return [...new Set(ports)].map((port) => ({ address, object: component, port }));
    });
}

const report = (it: OnNode | undefined, found: string): Finding =>
  error({ rule: "node-port-once", address: it?.address ?? "lab", found, expected: "one owner for each port of a node", fix: "Give one of them another port" });
