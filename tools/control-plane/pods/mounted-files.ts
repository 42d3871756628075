import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";

const podSpec = z.looseObject({
  containers: z.array(z.looseObject({ volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string(), subPath: z.string().optional() })).default([]) })).min(1),
  volumes: z
    .array(
      z.looseObject({
        name: z.string(),
        secret: z.looseObject({ secretName: z.string(), optional: z.boolean().optional() }).optional(),
        configMap: z.looseObject({ name: z.string(), optional: z.boolean().optional() }).optional(),
        persistentVolumeClaim: z.looseObject({ claimName: z.string() }).optional(),
      }),
    )
    .default([]),
});

/** What a container mounts, and where it lies here: files that an object of the API holds, or an empty directory. */
export interface Mount {
  /** Where the container sees it. */
  readonly target: string;
  readonly directory: string;
  /** None for an empty directory. */
  readonly kind?: "ConfigMap" | "Secret";
  readonly name: string;
  /** The claim whose volume it is. */
  readonly claim?: string;
  /** The only file that is wanted of it. */
  readonly only?: string;
  readonly optional?: boolean;
}

/** What the first container of a workload's pods mounts, below `root`. */
export function mountsOf(object: KubernetesObject, root: string): readonly Mount[] {
  const { containers, volumes } = podSpec.parse(fieldOf(object, "spec", "template", "spec"));
  return containers[0]!.volumeMounts.map(({ name, mountPath, subPath }) => {
    const { secret, configMap, persistentVolumeClaim } = volumes.find((candidate) => candidate.name === name) ?? {};
    const whole = path.join(root, mountPath);
    if (secret === undefined && configMap === undefined) return { target: mountPath, directory: whole, name, ...(persistentVolumeClaim && { claim: persistentVolumeClaim.claimName }) };
    const place = { target: mountPath, ...(subPath === undefined ? { directory: whole } : { directory: path.dirname(whole), only: subPath }) };
    const optional = (secret ?? configMap)?.optional === true;
    return secret === undefined ? { ...place, kind: "ConfigMap", name: configMap?.name ?? "", optional } : { ...place, kind: "Secret", name: secret.secretName, optional };
  });
}

/** What must exist before a pod with these mounts starts, and does not. */
export async function absentOf({ api }: RunningCluster, namespace: string, mounts: readonly Mount[]): Promise<string | undefined> {
  for (const { kind, name, optional } of mounts) {
    if (kind === undefined || optional === true) continue;
    if ((await api.client.get({ apiVersion: "v1", kind, metadata: { namespace, name } })) === undefined) return `${kind} ${name}`;
  }
  return undefined;
}

/** The mounts as {@link PodProcess} takes them, with a /tmp of the container's own. */
export function boundMounts(mounts: readonly Mount[], root: string): Readonly<Record<string, string>> {
  const own = path.join(root, "tmp");
  mkdirSync(own, { recursive: true });
  return { "/tmp": own, ...Object.fromEntries(mounts.map(({ target, directory, only }) => [target, only === undefined ? directory : path.join(directory, only)])) };
}

/** Writes what mounts hold now. */
export async function mounted({ api }: RunningCluster, namespace: string, mounts: readonly Mount[]): Promise<void> {
  for (const { directory, kind, name, only } of mounts) {
    mkdirSync(directory, { recursive: true });
    if (kind === undefined) continue;
    const object = await api.client.get({ apiVersion: "v1", kind, metadata: { namespace, name } });
    writeFiles(directory, kind, fieldOf(object, "data"), only);
  }
}

/** Keeps mounts as a kubelet would, once a second, until `signal` is aborted; what goes wrong is `failed`'s. */
export async function keepMounted(cluster: RunningCluster, namespace: string, mounts: readonly Mount[], signal: AbortSignal, failed: (cause: unknown) => void): Promise<void> {
  await mounted(cluster, namespace, mounts);
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      await pause(1000, undefined, { signal });
      await mounted(cluster, namespace, mounts);
    }
  };
  follow().catch((cause: unknown) => {
    if (!signal.aborted) failed(cause);
  });
}

function writeFiles(directory: string, kind: "ConfigMap" | "Secret", data: unknown, only: string | undefined): void {
  const entries = z.record(z.string(), z.string()).default({}).parse(data);
  for (const [name, value] of Object.entries(entries)) {
    if (only !== undefined && name !== only) continue;
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
