import { groups } from "./groups";
import { readManifests, type Manifest } from "./manifest";

/** What the engine wrote for one app on one cluster. */
export interface ReleaseOutput {
  readonly cluster: string;
  readonly app: string;
  readonly manifests: readonly Manifest[];
}

/** What the engine wrote for a lab, as it is committed. */
export interface LabOutput {
  /** dist/crds/<operator>/<version>: definitions that clusters share. */
  readonly definitions: readonly Manifest[];
  /** dist/<cluster>/<app>. */
  readonly releases: readonly ReleaseOutput[];
  /** argocd/: what Argo CD is first pointed at. */
  readonly argocd: readonly Manifest[];
}

/** Restricts a run to a part of the lab. */
export interface Selection {
  readonly cluster?: string | undefined;
  readonly app?: string | undefined;
}

/** Reads dist/ and argocd/ below a root. */
export function readLabOutput(root: string): LabOutput {
  return arrange([...readManifests(root, "dist"), ...readManifests(root, "argocd", isObjectFile)]);
}

/** ApplicationSets read these files as parameters: they are plain values, and no objects. */
const isObjectFile = (file: string): boolean => !/(^|\/)releases\//.test(file);

/** Sorts manifests by their place. */
export function arrange(manifests: readonly Manifest[]): LabOutput {
  const places = groups(manifests, ({ file }) => {
    const [top, cluster, app] = file.split("/");
    if (top === "argocd") return "argocd";
    return cluster === "crds" ? "crds" : `${cluster ?? ""}/${app ?? ""}`;
  });
  return {
    definitions: places.get("crds") ?? [],
    argocd: places.get("argocd") ?? [],
    releases: [...places]
      .filter(([place]) => place.includes("/"))
      .map(([place, members]) => ({ cluster: place.slice(0, place.indexOf("/")), app: place.slice(place.indexOf("/") + 1), manifests: members })),
  };
}

/** Whether a release is in the selected part. */
export function isSelected({ cluster, app }: ReleaseOutput, selection: Selection): boolean {
  return (selection.cluster ?? cluster) === cluster && (selection.app ?? app) === app;
}
