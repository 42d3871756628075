import { z } from "zod";
import { image, imageSetting } from "../../engine/model/image";
import { bytes, cpu } from "../../engine/model/quantity";

/** Runs the drill's and the first start's programs. */
export const nodeImage = image("docker.io/library/node", "24.13.1-alpine");

/** What an owner may choose about backups on one cluster; how often and how long is the lab's plan. */
export const settings = z.object({
  image: imageSetting.default(image("docker.io/velero/velero", "v1.18.3")),
  /** Speaks S3. */
  awsPlugin: imageSetting.default(image("docker.io/velero/velero-plugin-for-aws", "v1.14.2")),
  /** Speaks Google Cloud Storage: v1.14 is made for Velero 1.18, see its README. */
  gcpPlugin: imageSetting.default(image("docker.io/velero/velero-plugin-for-gcp", "v1.14.2")),
  /** Runs the drill. Velero's own image has no shell, and a program is easier to test than one. */
  nodeImage: imageSetting.default(nodeImage),
  /** The number of the project that `backups.offsite` names, where that is Google Cloud: `gcloud projects describe`. */
  projectNumber: z.string().regex(/^\d+$/, { error: "digits only, such as 123456789012" }).optional(),
  /** Where the lab has no plan for copies off site, how large the bucket of the cluster may grow. */
  space: bytes.default("500Gi"),
  /** At which hour backups begin, and the drill two hours later, in UTC. */
  hour: z.int().min(0).max(21).default(1),
  cpu: cpu.default("50m"),
  memory: bytes.default("128Mi"),
  memoryLimit: bytes.default("512Mi"),
  /** For each pod that copies a volume, and for those that tidy a repository. Kopia's memory follows the number of files. */
  copyCpu: cpu.default("100m"),
  copyMemory: bytes.default("256Mi"),
  copyMemoryLimit: bytes.default("2Gi"),
});

export type VeleroSettings = z.output<typeof settings>;
