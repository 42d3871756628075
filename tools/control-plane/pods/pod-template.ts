import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

const keyReference = z.looseObject({ name: z.string(), key: z.string(), optional: z.boolean().optional() });

const environmentVariable = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      configMapKeyRef: keyReference.optional(),
      secretKeyRef: keyReference.optional(),
      fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
    })
    .optional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(environmentVariable).optional(),
});

const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ serviceAccountName: z.string().optional(), containers: z.array(container).min(1) }),
    }),
  }),
});

/** An environment variable of a container, as its manifest says it. */
export type EnvironmentVariable = z.infer<typeof environmentVariable>;

/** What a workload's pods run, as far as a process can follow it. */
export interface PodTemplate {
  readonly serviceAccount: string;
  readonly containers: readonly z.infer<typeof container>[];
}

/** The pod template of a Deployment, StatefulSet, DaemonSet or Job. */
export function podTemplateOf(object: KubernetesObject): PodTemplate {
  const { serviceAccountName, containers } = workload.parse(object).spec.template.spec;
  return { serviceAccount: serviceAccountName ?? "default", containers };
}
