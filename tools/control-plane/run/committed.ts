import type { Release } from "../../../engine/model/release";
import type { RunningCluster } from "../cluster/start-cluster";
import type { KubernetesObject } from "../kubernetes/object";
import type { Manifest } from "../manifests/manifest";
import type { RunningLab } from "./running-lab";

/** A release that is synced to a cluster, as the lab describes it and as it is committed. */
export interface CommittedRelease {
  readonly release: Release;
  readonly application: string;
  readonly manifests: readonly KubernetesObject[];
}

/** Every object that is committed for a cluster and synced there. */
export function manifestsOn({ synced, output }: RunningLab, { under }: RunningCluster): readonly Manifest[] {
  const folders = new Set(synced.filter(({ cluster }) => cluster === under.name).map(({ folder }) => folder));
  return output.releases.filter(({ cluster, app }) => folders.has(`dist/${cluster}/${app}`)).flatMap(({ manifests }) => manifests);
}

/** The same without their files. */
export function objectsOn(lab: RunningLab, cluster: RunningCluster): readonly KubernetesObject[] {
  return manifestsOn(lab, cluster).map(({ object }) => object);
}

/** The releases that are synced to a cluster. */
export function committedOn({ synced, output, world }: RunningLab, { under }: RunningCluster): readonly CommittedRelease[] {
  return output.releases.flatMap(({ cluster, app, manifests }) => {
    const release = world.release(`${cluster}/${app}`);
    const folder = synced.find((each) => each.folder === `dist/${cluster}/${app}`);
    return cluster !== under.name || release === undefined || folder === undefined ? [] : [{ release, application: folder.application, manifests: manifests.map(({ object }) => object) }];
  });
}
