import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startPod } from "../../control-plane/pods/start-pod";
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
    const { testbed, running, ending } = this.cluster;
    beside(this.cluster, async () => {
      for (const pod of await running.api.client.list("v1", "Pod", namespace)) {
        const contained = isNew(pod, this.#pods) ? containedIn(pod) : undefined;
        if (contained === undefined) continue;
        this.#pods.push(pod);
        this.#run(pod, contained).catch((cause: unknown) => {
          if (!ending.aborted) testbed.processes.fail(cause);
        });
      }
    });
  }

  async #run(pod: KubernetesObject, { program, environment = {}, mounts: more = {} }: Contained): Promise<void> {
    const { testbed, running, ending } = this.cluster;
    const { namespace = "", uid = "" } = pod.metadata;
    const workload = { ...pod, spec: { template: { spec: fieldOf(pod, "spec") } } };
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
    if (ending.aborted) return;
    const terminated = { exitCode, reason: exitCode === 0 ? "Completed" : "Error", message: readFileSync(message, "utf8"), startedAt, finishedAt: new Date().toISOString() };
    await running.api.client.patch(pod, { status: { phase: exitCode === 0 ? "Succeeded" : "Failed", containerStatuses: [{ ...firstStatus(pod), ready: false, started: false, state: { terminated } }] } }, "status");
  }
}

function isNew(pod: KubernetesObject, known: readonly KubernetesObject[]): boolean {
  return fieldOf(pod, "status", "phase") === "Running" && !known.some(({ metadata }) => metadata.uid === pod.metadata.uid);
}

function firstStatus(pod: KubernetesObject): object {
  const statuses = fieldOf(pod, "status", "containerStatuses");
  const first: unknown = Array.isArray(statuses) ? statuses[0] : undefined;
  return typeof first === "object" && first !== null ? first : { name: "main", image: "", imageID: "", restartCount: 0 };
}
