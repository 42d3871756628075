import { fieldOf, type Manifest } from "./manifest";

/** The pod inside an object that runs some: a Deployment's template, a CronJob's, a Pod's own. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

/** The fields of a pod that checks and proofs read. */
export interface PodSpec {
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  /** For all of its containers together. */
  readonly resources?: ContainerSpec["resources"];
  readonly volumes?: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly { readonly key?: string; readonly operator?: string; readonly value?: string; readonly effect?: string }[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly affinity?: unknown;
  readonly topologySpreadConstraints?: readonly unknown[];
}

export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly restartPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly hostPort?: number; readonly protocol?: string }[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly envFrom?: readonly unknown[];
  readonly resources?: { readonly requests?: Readonly<Record<string, string | number>>; readonly limits?: Readonly<Record<string, string | number>> };
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly startupProbe?: unknown;
  readonly readinessProbe?: unknown;
  readonly livenessProbe?: unknown;
}

const paths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** The pod that a built-in workload object makes, or undefined for everything else. */
export function podTemplateOf(manifest: Manifest): PodTemplate | undefined {
  const path = paths[manifest.kind];
  return path && fieldOf(manifest, ...path) ? (fieldOf(manifest, ...path) as PodTemplate) : undefined;
}

/** Ports of its node that a pod takes, `TCP 9100`: on the node's network every port of a container, elsewhere only what `hostPort` names. */
export const portsOfNode = ({ containers, initContainers = [], hostNetwork }: PodSpec): readonly string[] => [
  ...new Set(
    [...initContainers, ...containers]
      .flatMap(({ ports = [] }) => ports)
      .flatMap(({ containerPort, hostPort, protocol = "TCP" }) => (hostNetwork === true ? [`${protocol} ${containerPort}`] : hostPort ? [`${protocol} ${hostPort}`] : [])),
  ),
];

/** The same object with its pod changed. */
export function withPodTemplate(manifest: Manifest, change: (template: PodTemplate) => PodTemplate): Manifest {
  const path = paths[manifest.kind];
  return path && podTemplateOf(manifest) ? (changed(manifest, path, change) as Manifest) : manifest;
}

function changed(value: unknown, path: readonly string[], change: (template: PodTemplate) => PodTemplate): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value as PodTemplate);
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: changed(record[step], rest, change) };
}
