import { z } from "zod";
import type { KubernetesClient } from "../kubernetes/client";

const deployment = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  status: z.looseObject({ readyReplicas: z.number().default(0) }).default({ readyReplicas: 0 }),
});

/** The apps of which a Deployment has ready pods: only what is really placed and up may be played. */
export async function operatorsUp(client: KubernetesClient): Promise<ReadonlySet<string>> {
  const deployments = (await client.list("apps/v1", "Deployment")).map((object) => deployment.parse(object));
  return new Set(deployments.filter(({ status }) => status.readyReplicas > 0).flatMap(({ metadata }) => metadata.labels["app.kubernetes.io/name"] ?? []));
}
