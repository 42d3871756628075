import { Quantity, type Volume } from "cdk8s-plus-30/lib/imports/k8s";
import type { SecretGrant, VolumeGrant } from "../model/grants";
import type { Bytes } from "../model/quantity";
import type { ConfigFiles } from "./config-files";

/** Something that a container mounts. Each has a name of its own in the pod. */
export interface Mountable {
  readonly name: string;
  readonly source: Omit<Volume, "name">;
  readonly readOnly: boolean;
  readonly subPath?: string;
  /** Mounts that the node makes or drops later appear and disappear in the pod too. */
  readonly propagation?: "HostToContainer";
  /** Rolls the pods when it changes. */
  readonly checksum?: string;
  /** One pod at a time may hold it: an update must stop the old pod first. */
  readonly exclusive: boolean;
  /** Written into a StatefulSet's claim templates instead of the pod. */
  readonly template?: VolumeGrant;
}

/** A claim that a store was granted. */
export const claim = (grant: VolumeGrant, options: { readonly subPath?: string; readonly readOnly?: boolean } = {}): Mountable => ({
  name: grant.claimName,
  source: { persistentVolumeClaim: { claimName: grant.claimName } },
  readOnly: options.readOnly ?? false,
  exclusive: !grant.accessModes.includes("ReadWriteMany"),
  ...(options.subPath ? { subPath: options.subPath } : {}),
});

/** A claim for each pod of a StatefulSet. */
export const claimTemplate = (grant: VolumeGrant): Mountable => ({
  name: grant.claimName,
  source: {},
  readOnly: false,
  exclusive: false,
  template: grant,
});

/** Files of a ConfigMap; the pods roll when they change. */
export const configFiles = (files: ConfigFiles, options: { readonly subPath?: string } = {}): Mountable => ({
  name: files.name,
  source: { configMap: { name: files.name } },
  readOnly: true,
  exclusive: false,
  checksum: files.checksum,
  ...(options.subPath ? { subPath: options.subPath } : {}),
});

/** A secret's value as a file named by its key; restrictive mode, since only the process may read it. */
export const secretFile = (grant: SecretGrant, options: { readonly subPath?: string } = {}): Mountable => ({
  name: `secret-${grant.name}`,
  source: { secret: { secretName: grant.name, defaultMode: 0o440 } },
  readOnly: true,
  exclusive: false,
  ...(options.subPath ? { subPath: options.subPath } : {}),
});

/** Space that lives as long as the pod, with a bound: an unbounded one fills the node. */
export const scratch = (name: string, size: Bytes, options: { readonly medium?: "Memory" } = {}): Mountable => ({
  name,
  source: { emptyDir: { sizeLimit: Quantity.fromString(size), ...(options.medium ? { medium: options.medium } : {}) } },
  readOnly: false,
  exclusive: false,
});

/** A path of the node. The pod must be exempt from `host-path`, with a reason. */
export const hostPath = (
  name: string,
  path: string,
  options: { readonly readOnly?: boolean; readonly type?: string; readonly propagation?: "HostToContainer" } = {},
): Mountable => ({
  name,
  source: { hostPath: { path, ...(options.type ? { type: options.type } : {}) } },
  readOnly: options.readOnly ?? true,
  exclusive: false,
  ...(options.propagation ? { propagation: options.propagation } : {}),
});

/** Any other source, as Kubernetes writes it. */
export const volume = (name: string, source: Omit<Volume, "name">, options: { readonly readOnly?: boolean } = {}): Mountable => ({
  name,
  source,
  readOnly: options.readOnly ?? true,
  exclusive: false,
});
