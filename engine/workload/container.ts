import { Quantity, type Container as ContainerSpec, type EnvVar, type SecurityContext } from "cdk8s-plus-30/lib/imports/k8s";
import type { GpuGrant, SecretGrant } from "../model/grants";
import { reference, type Image } from "../model/image";
import type { HardeningControl, PodSecurityControl } from "../model/pod-security";
import type { Bytes, Cpu } from "../model/quantity";
import { probesOf, type Probes } from "./probe";
import type { Mountable } from "./volume";

/** What a pod breaks of the safe defaults, each with its reason. One that does not apply is a finding. */
export type Exemptions = Readonly<Partial<Record<PodSecurityControl | HardeningControl, string>>>;

export interface Resources {
  /** Requested CPU; it is not limited, since a limit only slows what has room. */
  readonly cpu: Cpu;
  /** Requested memory, and its limit unless `memoryLimit` is higher. */
  readonly memory: Bytes;
  readonly memoryLimit?: Bytes;
}

export interface ContainerProps {
  readonly image: Image;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Values, secrets, or fields of the pod (`{ field: "status.podIP" }`). */
  readonly env?: Readonly<Record<string, string | SecretGrant | { readonly field: string }>>;
  /** Secrets whose every key becomes a variable. */
  readonly envFrom?: readonly { readonly secret: string }[];
  /** Ports it listens on, by name. */
  readonly ports?: Readonly<Record<string, number | { readonly port: number; readonly protocol?: "TCP" | "UDP"; readonly hostPort?: number }>>;
  readonly resources: Resources;
  /** By mount path. */
  readonly mounts?: Readonly<Record<string, Mountable>>;
  readonly probes?: Probes;
  readonly workingDir?: string;
  readonly gpu?: GpuGrant | undefined;
  /** Only with the exemption that it needs. */
  readonly privileged?: boolean;
  readonly addCapabilities?: readonly string[];
  /** Goes on serving for so long after it was told to stop: until then, callers are still led here. */
  readonly leavesForSeconds?: number;
  /** Runs on beside the main containers from before they start (a native sidecar). */
  readonly sidecar?: boolean;
}

/** One container, hardened unless the pod's exemptions say otherwise. */
export function container(name: string, props: ContainerProps, exempt: Exemptions): ContainerSpec {
  return {
    name,
    image: reference(props.image),
    imagePullPolicy: "IfNotPresent",
    ...(props.command ? { command: [...props.command] } : {}),
    ...(props.args ? { args: [...props.args] } : {}),
    ...(props.workingDir ? { workingDir: props.workingDir } : {}),
    ...(props.env ? { env: Object.entries(props.env).map(([key, value]) => variable(key, value)) } : {}),
    ...(props.envFrom ? { envFrom: props.envFrom.map(({ secret }) => ({ secretRef: { name: secret } })) } : {}),
    ...(props.ports ? { ports: Object.entries(props.ports).map(([portName, port]) => portOf(portName, port)) } : {}),
    ...(props.probes ? probesOf(props.probes) : {}),
    ...(props.leavesForSeconds ? { lifecycle: { preStop: { sleep: { seconds: props.leavesForSeconds } } } } : {}),
    ...(props.sidecar ? { restartPolicy: "Always" } : {}),
    resources: resourcesOf(props),
    securityContext: securityOf(props, exempt),
    ...(props.mounts ? { volumeMounts: Object.entries(props.mounts).map(([path, it]) => mountOf(path, it)) } : {}),
  };
}

function variable(name: string, value: string | SecretGrant | { readonly field: string }): EnvVar {
  if (typeof value === "string") return { name, value };
  if ("field" in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  return { name, valueFrom: { secretKeyRef: { name: value.name, key: value.key } } };
}

function portOf(name: string, port: NonNullable<ContainerProps["ports"]>[string]) {
  if (typeof port === "number") return { name, containerPort: port, protocol: "TCP" };
  return { name, containerPort: port.port, protocol: port.protocol ?? "TCP", ...(port.hostPort ? { hostPort: port.hostPort } : {}) };
}

function resourcesOf({ resources, gpu }: ContainerProps) {
  const devices = gpu ? { [gpu.resource]: Quantity.fromNumber(gpu.count) } : {};
  return {
    requests: { cpu: Quantity.fromString(resources.cpu), memory: Quantity.fromString(resources.memory), ...devices },
    limits: { memory: Quantity.fromString(resources.memoryLimit ?? resources.memory), ...devices },
  };
}

const mountOf = (mountPath: string, it: Mountable) => ({
  name: it.name,
  mountPath,
  ...(it.subPath ? { subPath: it.subPath } : {}),
  ...(it.readOnly ? { readOnly: true } : {}),
  ...(it.propagation ? { mountPropagation: it.propagation } : {}),
});

function securityOf(props: ContainerProps, exempt: Exemptions): SecurityContext {
  if (props.privileged) return { privileged: true, readOnlyRootFilesystem: !("writable-root" in exempt) };
  return {
    allowPrivilegeEscalation: "privilege-escalation" in exempt,
    readOnlyRootFilesystem: !("writable-root" in exempt),
    capabilities: { drop: ["ALL"], ...(props.addCapabilities ? { add: [...props.addCapabilities] } : {}) },
  };
}
