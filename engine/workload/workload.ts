import { Construct } from "constructs";
import {
  IntOrString,
  KubeDaemonSet,
  KubeDeployment,
  KubePodDisruptionBudget,
  KubeStatefulSet,
  Quantity,
  type KubePersistentVolumeClaimProps,
  type TopologySpreadConstraint,
} from "cdk8s-plus-30/lib/imports/k8s";
import { componentLabels, componentName } from "./component-name";
import { mountsOf, podTemplate, type PodProps } from "./pod";
import type { Mountable } from "./volume";
import { PlainObject } from "./plain-object";

export interface WorkloadProps extends PodProps {
  readonly kind?: "Deployment" | "StatefulSet" | "DaemonSet";
  /** The name under which the software itself looks for it, where that is not the component's. */
  readonly named?: string;
  /** Two or more are spread over nodes and get a budget that lets one go at a time. */
  readonly replicas?: number;
  /** A StatefulSet's headless Service. */
  readonly serviceName?: string;
  /** Two at once would work against each other, and no leader is elected: the old pod stops before the new one starts. */
  readonly alone?: boolean;
  /** How long Argo CD waits before a rollout that makes no progress counts as failed, in seconds. */
  readonly progressWithinSeconds?: number;
}

/** Pods that should keep running: a Deployment unless it says otherwise, with the lab's safe defaults. */
export class Workload extends Construct {
  readonly name: string;

  constructor(scope: Construct, component: string, props: WorkloadProps) {
    super(scope, component);
    this.name = props.named ?? componentName(this, component);
    const matchLabels = componentLabels(this, component);
    const replicas = props.replicas ?? 1;
    const template = podTemplate(this, component, props, replicas > 1 ? spreadOverNodes(matchLabels) : undefined);
    const metadata = { name: this.name, labels: { "app.kubernetes.io/component": component } };

    if (props.kind === "DaemonSet") {
      new PlainObject(this, "daemon-set", KubeDaemonSet.manifest({
        metadata,
        spec: { selector: { matchLabels }, template, updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: IntOrString.fromString("10%") } } },
      }));
      return;
    }
    if (props.kind === "StatefulSet")
      new PlainObject(this, "stateful-set", KubeStatefulSet.manifest({
        metadata,
        spec: {
          serviceName: props.serviceName ?? this.name,
          replicas,
          selector: { matchLabels },
          podManagementPolicy: "Parallel",
          updateStrategy: { type: "RollingUpdate" },
          template,
          volumeClaimTemplates: mountsOf(props).flatMap(claimTemplateOf),
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        },
      }));
    else
      new PlainObject(this, "deployment", KubeDeployment.manifest({
        metadata,
        spec: {
          replicas,
          revisionHistoryLimit: 3,
          progressDeadlineSeconds: props.progressWithinSeconds ?? 600,
          selector: { matchLabels },
          strategy: props.alone || mustStopFirst(props)
            ? // Recreate: the volume or the device admits one pod, and two would wait for each other.
              { type: "Recreate" }
            : { type: "RollingUpdate", rollingUpdate: { maxSurge: IntOrString.fromNumber(1), maxUnavailable: IntOrString.fromNumber(0) } },
          template,
        },
      }));
    if (replicas > 1) this.budget(component, matchLabels);
  }

  /** One pod may go at a time, and a pod that is not well never keeps a node from being drained. */
  private budget(component: string, matchLabels: Record<string, string>): void {
    new PlainObject(this, "budget", KubePodDisruptionBudget.manifest({
      metadata: { name: this.name, labels: { "app.kubernetes.io/component": component } },
      spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    }));
  }
}

const mustStopFirst = (props: PodProps): boolean => props.gpu !== undefined || mountsOf(props).some((it) => it.exclusive);

const spreadOverNodes = (matchLabels: Record<string, string>): TopologySpreadConstraint[] => [
  { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels } },
];

/** Kubernetes fills in apiVersion and kind; written out, Argo CD's comparison has nothing to find (argo-cd#24791). */
function claimTemplateOf(it: Mountable): KubePersistentVolumeClaimProps[] {
  if (!it.template) return [];
  return [
    {
      metadata: { name: it.template.claimName, ...(it.template.annotations ? { annotations: { ...it.template.annotations } } : {}) },
      spec: {
        accessModes: [...it.template.accessModes],
        storageClassName: it.template.storageClassName,
        resources: { requests: { storage: Quantity.fromString(it.template.size) } },
      },
    },
  ];
}
