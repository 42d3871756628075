import type { BackupProvider } from "../../engine/model/provides";

/**
 * Backups with Velero. Nothing is written beside a claim: Velero's release makes a Schedule for every namespace in which
 * a release keeps something precious, so that none can be forgotten.
 */
export const velero = (): BackupProvider => ({ backedBy: "velero", runs: ["velero"], protect: () => undefined });
