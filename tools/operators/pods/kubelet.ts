import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { startPod } from "../../control-plane/pods/start-pod";
import { ApiError } from "../../control-plane/kubernetes/api-error";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { beside } from "../run/beside";
import type { Stage } from "../run/lab-cluster";
import { boundMounts, keepMounted, mountsOf } from "../../control-plane/pods/mounted-files";
import type { Volumes } from "./volumes";

/** What a pod runs here. */
export interface Contained {
  readonly program: string;
  /** Replaces or adds to what the pod says. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Directories of this machine, by where the pod sees them. */
  readonly mounts?: Readonly<Record<string, string>>;
}

/** Runs what some pods contain, where KWOK only pretends to, and writes into their status how that ended. */
export class Kubelet {
  readonly #pods: KubernetesObject[] = [];

  constructor(
    private readonly cluster: Stage,
    private readonly volumes: Volumes,
  ) {}

  /** Every pod that was run, as it was when it was found. */
  get pods(): readonly KubernetesObject[] {
    return this.#pods;
  }

  /** Runs the pods of a namespace of which `containedIn` knows what they are, until the run ends. */
  follow(namespace: string, containedIn: (pod: KubernetesObject) => Contained | undefined): void {
    beside(this.cluster, async () => {
      for (const pod of await this.cluster.running.api.client.list("v1", "Pod", namespace)) {
        const contained = isNew(pod, this.#pods) ? containedIn(pod) : undefined;
        if (contained === undefined) continue;
        this.#pods.push(pod);
        this.#unlessEnding(this.#run(pod, contained));
      }
    });
  }

  /** Runs an init container of the pods of a namespace that have one of its name, as soon as they have a node and `mount` has given them their volumes. */
  followInit(namespace: string, name: string, program: string, mount: (pod: KubernetesObject) => Promise<void>): void {
    const begun: KubernetesObject[] = [];
    beside(this.cluster, async () => {
      for (const pod of await this.cluster.running.api.client.list("v1", "Pod", namespace)) {
        const container = isPlaced(pod) && !isKnown(pod, begun) ? initContainerOf(pod, name) : undefined;
        if (container === undefined) continue;
        begun.push(pod);
        this.#unlessEnding(mount(pod).then(() => this.#runInit(pod, container, program)));
      }
    });
  }

  #unlessEnding(running: Promise<void>): void {
    const { testbed, ending } = this.cluster;
    running.catch((cause: unknown) => {
      if (!ending.aborted) testbed.processes.fail(cause);
    });
  }

  async #run(pod: KubernetesObject, contained: Contained): Promise<void> {
    const terminated = await this.#ended(pod, pod, contained);
    if (terminated === undefined) return;
    await this.#tell(pod, { phase: terminated.exitCode === 0 ? "Succeeded" : "Failed", containerStatuses: [{ ...firstStatus(pod), ready: false, started: false, state: { terminated } }] });
  }

  async #runInit(pod: KubernetesObject, container: Container, program: string): Promise<void> {
    const status = { name: container.name, image: container.image, imageID: "", restartCount: 0 };
    await this.#tell(pod, { initContainerStatuses: [{ ...status, ready: false, started: true, state: { running: { startedAt: new Date().toISOString() } } }] });
    const spec = { ...z.looseObject({}).parse(fieldOf(pod, "spec")), containers: [container] };
    const terminated = await this.#ended(pod, { ...pod, spec }, { program });
    if (terminated === undefined) return;
    await this.#tell(pod, { initContainerStatuses: [{ ...status, ready: terminated.exitCode === 0, started: false, state: { terminated } }] });
  }

  /** A pod that is taken away meanwhile has no status any more. */
  async #tell(pod: KubernetesObject, status: object): Promise<void> {
    try {
      await this.cluster.running.api.client.patch(pod, { status }, "status");
    } catch (cause) {
      if (!(cause instanceof ApiError && cause.status === 404)) throw cause;
    }
  }

  /** Runs the first container of what a pod is seen as, and tells how it ended; nothing where the run ended first. */
  async #ended(pod: KubernetesObject, seen: KubernetesObject, { program, environment = {}, mounts: more = {} }: Contained): Promise<Terminated | undefined> {
    const { testbed, running, ending } = this.cluster;
    const { namespace = "", uid = "" } = pod.metadata;
    const workload = { ...seen, spec: { template: { spec: fieldOf(seen, "spec") } } };
    const root = path.join(testbed.processes.directory, "pods", uid);
    const mounts = mountsOf(workload, root);
    await keepMounted(running, namespace, mounts, ending, (cause) => testbed.processes.fail(cause));
    const volumes: Record<string, string> = {};
    for (const { target, claim } of mounts) if (claim !== undefined) volumes[target] = await this.volumes.directoryOf(namespace, claim);
    const message = path.join(root, "termination-log");
    mkdirSync(root, { recursive: true });
    writeFileSync(message, "");
    const startedAt = new Date().toISOString();
    const started = await startPod(testbed, running, {
      workload,
      pod,
      program,
      environment,
      mounts: { ...boundMounts(mounts, root), ...volumes, ...more, "/dev/termination-log": message },
      args: [],
      mayEnd: true,
    });
    const exitCode = await started.exited;
    if (ending.aborted) return undefined;
    return { exitCode, reason: exitCode === 0 ? "Completed" : "Error", message: readFileSync(message, "utf8"), startedAt, finishedAt: new Date().toISOString() };
  }
}

/** How a container ended, in a pod's status. */
interface Terminated {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

const initContainers = z.array(z.looseObject({ name: z.string(), image: z.string() })).default([]);

type Container = z.infer<typeof initContainers>[number];

const initContainerOf = (pod: KubernetesObject, name: string): Container | undefined => initContainers.parse(fieldOf(pod, "spec", "initContainers")).find((container) => container.name === name);

const isPlaced = (pod: KubernetesObject): boolean => fieldOf(pod, "spec", "nodeName") !== undefined && fieldOf(pod, "status", "phase") === "Pending";

const isKnown = (pod: KubernetesObject, known: readonly KubernetesObject[]): boolean => known.some(({ metadata }) => metadata.uid === pod.metadata.uid);

const isNew = (pod: KubernetesObject, known: readonly KubernetesObject[]): boolean => fieldOf(pod, "status", "phase") === "Running" && !isKnown(pod, known);

function firstStatus(pod: KubernetesObject): object {
  const statuses = fieldOf(pod, "status", "containerStatuses");
  const first: unknown = Array.isArray(statuses) ? statuses[0] : undefined;
  return typeof first === "object" && first !== null ? first : { name: "main", image: "", imageID: "", restartCount: 0 };
}
