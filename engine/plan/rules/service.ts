import { fieldOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
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

const isBalanced = (manifest: Manifest): boolean => fieldOf(manifest, "spec", "type") === "LoadBalancer";

/** Where it is reached from outside: MetalLB gives the address that an annotation or the field says. */
function address(before: Manifest, after: Manifest): readonly Verdict[] {
  if (isBalanced(before) && !isBalanced(after)) return [{ effect: "outage", field: "spec.type", says: "it gives its address in the network back" }];
  const said = (manifest: Manifest) => manifest.metadata.annotations?.["metallb.io/loadBalancerIPs"] ?? fieldOf(manifest, "spec", "loadBalancerIP");
  return isBalanced(before) && said(before) !== said(after)
    ? [{ effect: "outage", field: "spec.loadBalancerIP", says: `it moves from ${String(said(before) ?? "its address")} to ${String(said(after) ?? "any free one")}: names and routers that know the old one lead nowhere` }]
    : [];
}
