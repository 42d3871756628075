import { COMPONENT_LABEL } from "../argocd/components";
import { fieldOf } from "../kubernetes/object";
import type { LabOutput, ReleaseOutput } from "../manifests/lab-output";
import type { ServiceName } from "../network/addresses";
import { UserError } from "../user-error";

/** The release on the hub that is the lab's Argo CD. */
export interface HubRelease {
  readonly release: ReleaseOutput;
  readonly namespace: string;
  /** By which its parts look each other up. */
  readonly services: readonly ServiceName[];
}

/** Finds it by the component that no other app has. */
export function hubRelease(output: LabOutput, hub: string): HubRelease {
  for (const release of output.releases.filter(({ cluster }) => cluster === hub)) {
    const controller = release.manifests.find(({ object }) => object.kind === "StatefulSet" && (fieldOf(object, "spec", "template", "metadata", "labels", COMPONENT_LABEL) ?? object.metadata.labels?.[COMPONENT_LABEL]) === "application-controller");
    const namespace = controller?.object.metadata.namespace;
    if (namespace === undefined) continue;
    const services = release.manifests.filter(({ object }) => object.kind === "Service").map(({ object }) => ({ namespace, name: object.metadata.name }));
    return { release, namespace, services };
  }
  throw new UserError(`dist/${hub} holds no Argo CD.`);
}
