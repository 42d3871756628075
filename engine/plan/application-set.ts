import { fieldOf, type Manifest } from "../model/manifest";
import type { Neighbourhood } from "./change";
import { listAt } from "./list-at";

/** The ApplicationSet that makes a cluster's Applications from its parameter files. */
export function applicationSetOf({ applications }: Neighbourhood, cluster: string): Manifest | undefined {
  const own = [...applications.values()].filter((it) => it.cluster === "").flatMap((it) => [...it.objects.values()]);
  return own.map(({ manifest }) => manifest).find((manifest) => manifest.kind === "ApplicationSet" && parameterPaths(manifest).includes(`argocd/releases/${cluster}/*.yaml`));
}

/** The parameter files that an ApplicationSet reads. */
export const parameterPaths = (manifest: Manifest): readonly string[] =>
  listAt(manifest, "spec", "generators").flatMap((generator) => listAt(generator, "git", "files").map((file) => String(fieldOf(file, "path"))));

/** Whether an Application goes when its parameter file does, and its objects with it. */
export function deletesApplications(neighbourhood: Neighbourhood, cluster: string): boolean {
  const set = applicationSetOf(neighbourhood, cluster);
  return set !== undefined && !keepsApplications(set) && !preservesResources(set);
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/ */
export const keepsApplications = (set: Manifest): boolean => ["create-only", "create-update"].includes(String(fieldOf(set, "spec", "syncPolicy", "applicationsSync")));

export const preservesResources = (set: Manifest): boolean => fieldOf(set, "spec", "syncPolicy", "preserveResourcesOnDeletion") === true;
