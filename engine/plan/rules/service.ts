import { fieldOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { listAt } from "../list-at";
import { podLabels, selects, workloadsIn } from "../pods";

/** A Service by which others find pods: its ports, its selector and its address outside. */
export const service: Rule = {
  name: "service",
  judge: (change, context) => {
    const { kind, before, after, fate } = change;
    if (kind !== "Service" || fate !== "apply" || !before || !after) return [];
    return [...ports(before, after), ...selector(change, context), ...address(before, after)];
  },
};

const portsOf = (manifest: Manifest): readonly string[] => listAt(manifest, "spec", "ports").map((port) => `${String(fieldOf(port, "protocol") ?? "TCP")} ${String(fieldOf(port, "port"))}`);

function ports(before: Manifest, after: Manifest): readonly Verdict[] {
  const gone = portsOf(before).filter((port) => !portsOf(after).includes(port));
  return gone.length ? [{ effect: "outage", field: "spec.ports", says: `${gone.join(", ")} ${gone.length === 1 ? "answers" : "answer"} no more` }] : [];
}

function selector({ before, after, cluster, namespace }: ObjectChange, { after: neighbourhood }: Context): readonly Verdict[] {
  const [was, is] = [fieldOf(before, "spec", "selector"), fieldOf(after, "spec", "selector")];
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const found = workloadsIn(neighbourhood, cluster, namespace).filter(({ template }) => selects(is, podLabels(template)));
  return [
    found.length
      ? { effect: "live change", field: "spec.selector", says: `it leads to ${found.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`).join(", ")}` }
      : { effect: "outage", field: "spec.selector", says: "it selects no pod that is committed: nobody answers, unless an operator's pods carry these labels" },
  ];
}

const typeOf = (manifest: Manifest): string => String(fieldOf(manifest, "spec", "type") ?? "ClusterIP");

/** Where it is reached from outside: on the nodes' own ports, or at an address that MetalLB gives, as an annotation or the field says. */
function address(before: Manifest, after: Manifest): readonly Verdict[] {
  const [was, is] = [typeOf(before), typeOf(after)];
  if (is === "ExternalName" && was !== is) return [toName(after)];
  if (was === "LoadBalancer" && is !== was) return [{ effect: "outage", field: "spec.type", says: "it gives its address in the network back" }];
  if (was === "NodePort" && is !== was && is !== "LoadBalancer") return [{ effect: "outage", field: "spec.type", says: "its ports on the nodes close: whoever comes from outside reaches it no more" }];
  if (was !== is && (is === "NodePort" || is === "LoadBalancer")) return [{ effect: "live change", field: "spec.type", opens: true, says: is === "NodePort" ? "every node answers for it on a port of its own" : "it answers at an address in the network" }];
  return was === "ClusterIP" || was !== is ? [] : [...nodePorts(before, after), ...localOnly(before, after, is), ...(is === "LoadBalancer" ? moved(before, after) : [])];
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#externalname */
function toName(after: Manifest): Verdict {
  const name = fieldOf(after, "spec", "externalName");
  return name === undefined
    ? { effect: "outage", field: "spec.externalName", refused: true, says: "the API server refuses a mere name without spec.externalName, and the sync fails" }
    : { effect: "outage", field: "spec.type", says: `it leads to no pods any more, but is another word for ${String(name)}` };
}

/** Ports of the nodes that are named; one that the API server chose stays as it is. */
function nodePorts(before: Manifest, after: Manifest): readonly Verdict[] {
  const named = (it: Manifest) => listAt(it, "spec", "ports").map((port) => fieldOf(port, "nodePort")).filter((port) => port !== undefined).map(String);
  const { come, gone } = comeAndGone(named(before), named(after));
  return gone.length && named(after).length ? [{ effect: "outage", field: "spec.ports", says: `nodes answer no more on ${gone.join(", ")}, but on ${come.join(", ") || "fewer ports"}` }] : [];
}

/** https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip */
function localOnly(before: Manifest, after: Manifest, type: string): readonly Verdict[] {
  const isLocal = (it: Manifest) => fieldOf(it, "spec", "externalTrafficPolicy") === "Local";
  if (isLocal(before) === isLocal(after)) return [];
  if (!isLocal(after)) return [{ effect: "live change", field: "spec.externalTrafficPolicy", says: "every node answers for it, and callers come from the nodes' addresses: policies that name callers' own let them in no more" }];
  return [{ effect: type === "NodePort" ? "outage" : "live change", field: "spec.externalTrafficPolicy", says: "only nodes with a pod of it answer, and callers come from their own addresses: policies have to let those in" }];
}

function moved(before: Manifest, after: Manifest): readonly Verdict[] {
  const said = (manifest: Manifest) => manifest.metadata.annotations?.["metallb.io/loadBalancerIPs"] ?? fieldOf(manifest, "spec", "loadBalancerIP");
  return said(before) === said(after) ? [] : [{ effect: "outage", field: "spec.loadBalancerIP", says: `it moves from ${String(said(before) ?? "its address")} to ${String(said(after) ?? "any free one")}: names and routers that know the old one lead nowhere` }];
}
