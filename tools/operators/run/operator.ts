import type { Assertion } from "../../control-plane/assertions/assertion";
import type { ClosedKind } from "../../control-plane/definitions/stand-in";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { ProgramName } from "../build/operator-program";
import type { Adaptation } from "../pods/adaptation";
import type { Excuse } from "../rbac/account-use";
import type { Account } from "../rbac/granted";
import type { LabCluster } from "./lab-cluster";

/** A client of the Kubernetes API that one of the lab's apps runs, and what it must do with our manifests. */
export interface Operator {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Those without which it has nothing to do. */
  readonly needs?: readonly Operator[];
  /** Whether what is committed for a cluster gives it something to do; it does wherever its workloads are, unless said. */
  suits?(objects: readonly KubernetesObject[]): boolean;
  /** Accounts of pods that are not parts, because they come and go. */
  readonly accounts?: readonly Account[];
  /** Programs that are needed besides those of its parts: what stands for the world outside. */
  readonly programs?: readonly ProgramName[];
  /** Names that are this machine: hosts outside of the cluster that the test stands for, and Services that parts call. */
  readonly hosts?: readonly string[];
  /** Refusals that come of running another version than the one that our roles are made for. */
  readonly excuses?: readonly Excuse[];
  /** What the test changes besides paths and ports, in words for the report. */
  readonly changes?: readonly string[];
  /** Starts what it meets outside of the cluster, and does what the owner does by hand. */
  prepare?(cluster: LabCluster): Promise<void>;
  /** Kinds that it must find served, and that nothing committed is of. */
  readonly kinds?: readonly ClosedKind[];
  /** A committed object, or a definition, as it is applied here, where what it names lies outside and is stood for. */
  applied?(object: KubernetesObject, cluster: LabCluster): KubernetesObject;
  /** Waits for what it must do, and tells what it did not. */
  examine(cluster: LabCluster): Promise<readonly Assertion[]>;
}

/** One workload of an operator, as a process. */
export interface Part extends Adaptation {
  readonly workload: string;
  /** A Deployment unless it says otherwise. */
  readonly kind?: "DaemonSet" | "StatefulSet";
  readonly program: ProgramName;
  /** The node of the pod in whose place it runs; any without. */
  on?(cluster: LabCluster): string | Promise<string>;
  /** What it is given here besides what is committed: environment, and files by where it sees them. */
  here?(cluster: LabCluster): { readonly environment?: Readonly<Record<string, string>>; readonly mounts?: Readonly<Record<string, string>> };
  /** The namespace where another operator makes the workload, which then is not committed. */
  readonly madeIn?: string;
  /** The Service by which the API server calls it, and the port that it listens on here. */
  readonly webhook?: { readonly service: string; readonly port: number };
}

/** Every program that some operators need. */
export function programsOf(operators: readonly Operator[]): ReadonlySet<ProgramName> {
  return new Set(operators.flatMap(({ parts, programs = [] }) => [...parts.map(({ program }) => program), ...programs]));
}
