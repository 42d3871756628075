import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { RunningCluster } from "../../control-plane/cluster/start-cluster";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";

const podSpec = z.looseObject({
  containers: z.array(z.looseObject({ volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]) })).min(1),
  volumes: z
    .array(z.looseObject({ name: z.string(), secret: z.looseObject({ secretName: z.string() }).optional(), configMap: z.looseObject({ name: z.string() }).optional() }))
    .default([]),
});

/** A directory of files that an object of the API holds. */
export interface Mount {
  readonly directory: string;
  /** None for an empty directory. */
  readonly kind?: "ConfigMap" | "Secret";
  readonly name: string;
}

/** What the first container of a workload's pods mounts, below `root`. */
export function mountsOf(object: KubernetesObject, root: string): readonly Mount[] {
  const { containers, volumes } = podSpec.parse(fieldOf(object, "spec", "template", "spec"));
  return containers[0]!.volumeMounts.map(({ name, mountPath }) => {
    const volume = volumes.find((candidate) => candidate.name === name);
    const directory = path.join(root, mountPath);
    if (volume?.secret !== undefined) return { directory, kind: "Secret", name: volume.secret.secretName };
    if (volume?.configMap !== undefined) return { directory, kind: "ConfigMap", name: volume.configMap.name };
    return { directory, name };
  });
}

/** Keeps mounts as a kubelet would, once a second, until `signal` is aborted; what goes wrong is `failed`'s. */
export async function keepMounted({ api }: RunningCluster, namespace: string, mounts: readonly Mount[], signal: AbortSignal, failed: (cause: unknown) => void): Promise<void> {
  for (const { directory } of mounts) mkdirSync(directory, { recursive: true });
  const look = async (): Promise<void> => {
    for (const { directory, kind, name } of mounts) {
      if (kind === undefined) continue;
      const object = await api.client.get({ apiVersion: "v1", kind, metadata: { namespace, name } });
      writeFiles(directory, kind, fieldOf(object, "data"));
    }
  };
  await look();
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      await pause(1000, undefined, { signal });
      await look();
    }
  };
  follow().catch((cause: unknown) => {
    if (!signal.aborted) failed(cause);
  });
}

function writeFiles(directory: string, kind: "ConfigMap" | "Secret", data: unknown): void {
  const entries = z.record(z.string(), z.string()).default({}).parse(data);
  for (const [name, value] of Object.entries(entries)) {
    const wanted = Buffer.from(value, kind === "Secret" ? "base64" : "utf8");
    const file = path.join(directory, name);
    if (contentOf(file)?.equals(wanted) === true) continue;
    // Whoever watches the file must never see half of it.
    writeFileSync(`${file}.new`, wanted);
    renameSync(`${file}.new`, file);
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
