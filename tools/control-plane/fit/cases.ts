import type { Manifest } from "../../../engine/model/manifest";
import type { ContainerSpec, PodSpec } from "../../../engine/model/pod-template";
import { ownLabel, ownTaint } from "./ground";

/** Pods, and which of them find no node: the proof of fit is held to it by its tests, and the real scheduler by the end-to-end run. */
export interface FitCase {
  readonly title: string;
  readonly objects: readonly Manifest[];
  /** The workloads of the pods that stay Pending, once for each. */
  readonly homeless: readonly string[];
}

interface Options {
  readonly replicas?: number;
  readonly memory?: string;
  readonly inits?: readonly ContainerSpec[];
  readonly ports?: ContainerSpec["ports"];
  readonly pod?: Partial<PodSpec>;
}

const container = (name: string, memory: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({ name, image: "registry.example/case:1.0.0", resources: { requests: { cpu: "10m", memory } }, ...more });
const sidecar = (memory: string): ContainerSpec => container("sidecar", memory, { restartPolicy: "Always" });

function workload(name: string, { replicas = 1, memory = "16Mi", inits = [], ports, pod = {} }: Options = {}): Manifest {
  const labels = { app: name };
  const spec = { nodeSelector: { ...ownLabel }, tolerations: [{ ...ownTaint, operator: "Exists" }], terminationGracePeriodSeconds: 1, initContainers: inits, containers: [container("main", memory, ports ? { ports } : {})], ...pod };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name }, spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } };
}

const host = "kubernetes.io/hostname";
const required = "requiredDuringSchedulingIgnoredDuringExecution";
const of = (name: string) => ({ labelSelector: { matchLabels: { app: name } }, topologyKey: host });
const spread = (more: object = {}): Partial<PodSpec> => ({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: host, whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: { app: "web" } }, ...more }] });
const beside = (name: string): Partial<PodSpec> => ({ affinity: { podAffinity: { [required]: [of(name)] } } });
const apart = (name: string): Partial<PodSpec> => ({ affinity: { podAntiAffinity: { [required]: [of(name)] } } });
const web = [{ name: "web", containerPort: 8080, hostPort: 8080, protocol: "TCP" }];

export const fitCases: readonly FitCase[] = [
  { title: "two of 7Gi, and no third", objects: [workload("web", { replicas: 3, memory: "7Gi" })], homeless: ["Deployment/web"] },
  { title: "a spread counts the node that keeps the pods off", objects: [workload("web", { replicas: 3, pod: spread() })], homeless: ["Deployment/web"] },
  { title: "a spread that is told not to count it", objects: [workload("web", { replicas: 3, pod: spread({ nodeTaintsPolicy: "Honor" }) })], homeless: [] },
  { title: "a spread that is only preferred", objects: [workload("web", { replicas: 3, pod: spread({ whenUnsatisfiable: "ScheduleAnyway" }) })], homeless: [] },
  { title: "a sidecar beside what starts after it", objects: [workload("web", { memory: "1Gi", inits: [sidecar("2Gi"), container("before", "7Gi")] })], homeless: ["Deployment/web"] },
  { title: "a sidecar after what has ended", objects: [workload("web", { memory: "1Gi", inits: [container("before", "7Gi"), sidecar("2Gi")] })], homeless: [] },
  { title: "what a pod asks for as a whole", objects: [workload("web", { replicas: 3, memory: "1Gi", pod: { resources: { requests: { memory: "7Gi" } } } })], homeless: ["Deployment/web"] },
  { title: "a port of the node, once on each", objects: [workload("web", { replicas: 3, ports: web })], homeless: ["Deployment/web"] },
  { title: "apart from its own kind", objects: [workload("web", { replicas: 3, pod: apart("web") })], homeless: ["Deployment/web"] },
  { title: "beside a smaller one", objects: [workload("web", { memory: "6Gi", pod: beside("cache") }), workload("cache", { memory: "1Gi" })], homeless: [] },
  { title: "beside one that is not there", objects: [workload("web", { pod: beside("cache") })], homeless: ["Deployment/web"] },
  { title: "beside one that refuses it", objects: [workload("web", { pod: beside("cache") }), workload("cache", { pod: apart("web") })], homeless: ["Deployment/web"] },
];
