import { selects } from "../../checks/manifests/selector";
import { arrayOf } from "../../checks/manifests/violations";
import { fieldOf } from "../../model/manifest";
import type { PodSpec } from "../../model/pod-template";

type Labels = Readonly<Record<string, string>>;

/** Pods that another pod must stand beside, or away from: in the same place of some label of nodes. */
export interface Neighbourhood {
  /** `kubernetes.io/hostname`, or another label that says where a node is. */
  readonly topologyKey: string;
  takes(pods: { readonly namespace: string; readonly labels: Labels }): boolean;
}

/** Pods of which no place may have more than `maxSkew` above the emptiest. */
export interface Spread extends Neighbourhood {
  readonly maxSkew: number;
  /** Whether nodes that the pod's own selectors rule out are no places at all. */
  readonly asSelected: boolean;
  /** Whether nodes are no places whose taints the pod does not tolerate: unless it says so, they are, and stay the emptiest. */
  readonly asTolerated: boolean;
}

/** What a pod's spec demands of where its neighbours are. What it merely prefers is not read: it keeps no pod waiting. */
export interface PlacingRules {
  readonly apart: readonly Neighbourhood[];
  readonly beside: readonly Neighbourhood[];
  readonly spread: readonly Spread[];
  /** It prefers to be spread. */
  readonly prefersSpread: boolean;
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";

export function rulesOf({ affinity, topologySpreadConstraints }: PodSpec, namespace: string): PlacingRules {
  const terms = (kind: string) => arrayOf(fieldOf(affinity, kind, required)).map((term) => neighbourhood(term, namespace));
  const constraints = topologySpreadConstraints ?? [];
  return {
    apart: terms("podAntiAffinity"),
    beside: terms("podAffinity"),
    spread: constraints
      .filter((it) => fieldOf(it, "whenUnsatisfiable") !== "ScheduleAnyway")
      .map((it) => ({
        ...neighbourhood(it, namespace),
        maxSkew: Number(fieldOf(it, "maxSkew") ?? 1),
        asSelected: fieldOf(it, "nodeAffinityPolicy") !== "Ignore",
        asTolerated: fieldOf(it, "nodeTaintsPolicy") === "Honor",
      })),
    prefersSpread: constraints.length > 0,
  };
}

/** Without namespaces a term speaks of the pod's own; without a selector, of no pod. */
function neighbourhood(term: unknown, own: string): Neighbourhood {
  const named = arrayOf(fieldOf(term, "namespaces"));
  const everywhere = fieldOf(term, "namespaceSelector") !== undefined;
  const selector = fieldOf(term, "labelSelector");
  return {
    topologyKey: String(fieldOf(term, "topologyKey")),
    takes: ({ namespace, labels }) => selector !== undefined && (everywhere || (named.length ? named.includes(namespace) : namespace === own)) && selects(selector, labels),
  };
}

/** Whether a node's labels meet the pod's node selector and one of the terms of its node affinity. */
export function demandsOf({ nodeSelector = {}, affinity }: PodSpec): (labels: Labels) => boolean {
  const wanted = fieldOf(affinity, "nodeAffinity", required, "nodeSelectorTerms");
  const terms = arrayOf(wanted).map((term) => [...arrayOf(fieldOf(term, "matchExpressions")), ...arrayOf(fieldOf(term, "matchFields")).map(ofName)]);
  const equals = Object.entries(nodeSelector);
  return (labels) => equals.every(([key, value]) => labels[key] === value) && (wanted === undefined || terms.some((term) => term.length > 0 && term.every((it) => holds(it, labels))));
}

/** The one field that terms may name is the node's name, which is also its host name. */
const ofName = (field: unknown): unknown => ({ ...(field as object), key: "kubernetes.io/hostname" });

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#operators: numbers can be compared, too. */
function holds(expression: unknown, labels: Labels): boolean {
  const own = labels[String(fieldOf(expression, "key"))];
  const [value] = arrayOf(fieldOf(expression, "values"));
  const operator = fieldOf(expression, "operator");
  if (operator === "Gt") return own !== undefined && Number(own) > Number(value);
  if (operator === "Lt") return own !== undefined && Number(own) < Number(value);
  return selects({ matchExpressions: [expression] }, labels);
}
