import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesClient } from "../../control-plane/kubernetes/client";
import { fieldOf } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";

const SNAPSHOTS = "snapshot.storage.k8s.io/v1";

const claim = z.looseObject({ spec: z.looseObject({ volumeName: z.string().optional(), dataSource: z.looseObject({ kind: z.string(), name: z.string() }).nullish() }) });

const content = z.looseObject({
  metadata: z.looseObject({ name: z.string(), uid: z.string(), deletionTimestamp: z.string().optional(), finalizers: z.array(z.string()).default([]) }),
  spec: z.looseObject({ source: z.looseObject({ volumeHandle: z.string().optional(), snapshotHandle: z.string().optional() }) }),
  status: z.looseObject({ readyToUse: z.boolean().optional() }).optional(),
});

/** Stands for a cluster's storage: each volume is a directory below one of this machine, and a snapshot is a copy of one. */
export class Volumes {
  constructor(
    private readonly directory: string,
    private readonly client: Pick<KubernetesClient, "get" | "list" | "patch">,
  ) {}

  /** The directory of a claim's volume, once it is bound. */
  directoryOf(namespace: string, name: string): Promise<string> {
    return until({ what: `a volume for ${namespace}/${name}`, timeoutSeconds: 60, everyMilliseconds: 300 }, () => this.directoryIfBound(namespace, name));
  }

  /** The same where it is bound now; what was made of a snapshot begins as its copy. */
  async directoryIfBound(namespace: string, name: string): Promise<string | undefined> {
    const found = await this.client.get({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace } });
    if (found === undefined) return undefined;
    const { volumeName = "", dataSource } = claim.parse(found).spec;
    if (volumeName === "") return undefined;
    const volume = await this.client.get({ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: volumeName } });
    const directory = this.#place("volumes", String(fieldOf(volume, "spec", "csi", "volumeHandle") ?? volumeName));
    if (existsSync(directory)) return directory;
    if (dataSource?.kind === "VolumeSnapshot") cpSync(await this.#snapshot(namespace, dataSource.name), directory, { recursive: true });
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  /** Does the drivers' half of the snapshots that are wanted now, or no more; the snapshot controller waits for it. */
  async takeSnapshots(): Promise<void> {
    for (const object of await this.client.list(SNAPSHOTS, "VolumeSnapshotContent")) {
      const { metadata, spec, status } = content.parse(object);
      if (metadata.deletionTimestamp !== undefined) {
        if (metadata.finalizers.length > 0) await this.client.patch(object, { metadata: { finalizers: null } });
      } else if (status?.readyToUse !== true) {
        const { volumeHandle, snapshotHandle = metadata.uid } = spec.source;
        const directory = this.#place("snapshots", snapshotHandle);
        if (volumeHandle !== undefined && existsSync(this.#place("volumes", volumeHandle))) cpSync(this.#place("volumes", volumeHandle), directory, { recursive: true });
        mkdirSync(directory, { recursive: true });
        await this.client.patch(object, { status: { snapshotHandle, readyToUse: true, restoreSize: 2 ** 30, creationTime: Date.now() * 1_000_000 } }, "status");
      }
    }
  }

  async #snapshot(namespace: string, name: string): Promise<string> {
    const snapshot = await this.client.get({ apiVersion: SNAPSHOTS, kind: "VolumeSnapshot", metadata: { name, namespace } });
    const bound = String(fieldOf(snapshot, "status", "boundVolumeSnapshotContentName"));
    const made = await this.client.get({ apiVersion: SNAPSHOTS, kind: "VolumeSnapshotContent", metadata: { name: bound } });
    return this.#place("snapshots", String(fieldOf(made, "status", "snapshotHandle")));
  }

  #place(kind: "volumes" | "snapshots", handle: string): string {
    return path.join(this.directory, kind, handle);
  }
}
