import type { Manifest } from "./manifest";

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export const syncWaveAnnotation = "argocd.argoproj.io/sync-wave";

/** The wave in which Argo CD applies an object: it comes when everything of the waves before is healthy. */
export const waveOf = ({ metadata }: Manifest): number => Number(metadata.annotations?.[syncWaveAnnotation] ?? 0);
