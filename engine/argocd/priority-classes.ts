import type { Priority } from "../model/app";
import type { Manifest } from "../model/manifest";

/** The folder of every cluster, and the Application's name. */
export const priorityClassesFolder = "priority-classes";

interface Class {
  /** The scheduler compares these; Kubernetes' own components have 2,000,000,000 and more. */
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
const classes: Readonly<Record<Priority, Class>> = {
  node: { value: 100_000_000, preemptionPolicy: "PreemptLowerPriority", description: "What a node needs to be of use: storage, network, devices." },
  platform: { value: 10_000_000, preemptionPolicy: "PreemptLowerPriority", description: "What other releases stand on." },
  service: { value: 1_000_000, preemptionPolicy: "PreemptLowerPriority", description: "What people use." },
  batch: { value: 1_000, preemptionPolicy: "Never", description: "What can wait: it takes room that is left, and never anybody's." },
};

/** The priority classes that pods name: `lab-node` before `lab-platform` before `lab-service` before `lab-batch`. */
export const priorityClasses = (): readonly Manifest[] =>
  Object.entries(classes).map(([priority, rest]) => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: `lab-${priority}`, labels: { "app.kubernetes.io/instance": priorityClassesFolder, "app.kubernetes.io/managed-by": "hearth" } },
    globalDefault: false,
    ...rest,
  }));
