import type { Chart } from "cdk8s";
import { IntOrString, KubePodDisruptionBudget } from "cdk8s-plus-30/lib/imports/k8s";
import type { PodsGrant } from "../model/grants";
import type { Architecture } from "../model/image";
import { PlainObject } from "./plain-object";

/** Pods that an operator makes of a custom resource. */
export interface OperatedPods {
  /** What the placement decided for them. */
  readonly grant: PodsGrant;
  /** Labels that all of them have and no other pod has. */
  readonly labels: Readonly<Record<string, string>>;
  readonly replicas: number;
  /** What their images are built for. */
  readonly architectures: readonly Architecture[];
}

/**
 * The fields that prometheus-operator and its like take over into a pod as they are, filled as `Workload` fills them: where
 * pods may stand, how they spread, and that they are nobody in particular. The operator's containers are its own affair.
 */
export function operatedPodFields({ grant, labels, replicas, architectures }: OperatedPods) {
  const [only, ...others] = architectures;
  const nodeSelector = { ...(only && others.length === 0 ? { "kubernetes.io/arch": only } : {}), ...grant.nodeSelector };
  return {
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    enableServiceLinks: false,
    priorityClassName: grant.priorityClassName,
    ...(Object.keys(nodeSelector).length ? { nodeSelector } : {}),
    ...(grant.tolerations.length ? { tolerations: [...grant.tolerations] } : {}),
    ...(replicas > 1
      ? { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: { ...labels } } }] }
      : {}),
  };
}

/** Two or more may go one at a time, and one that is not well keeps no node from being drained. */
export function operatedBudget(chart: Chart, name: string, { labels, replicas }: OperatedPods): void {
  if (replicas < 2) return;
  new PlainObject(chart, "budget", KubePodDisruptionBudget.manifest({
    metadata: { name },
    spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels: { ...labels } }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  }));
}
