import type { BackupTarget } from "./backup-target";

/** The service account that a tool writes as: `velero-forge`. One for each target, so that a stolen one reaches one bucket. */
export const accountOf = ({ writer, owner, worth }: Pick<BackupTarget, "writer" | "owner" | "worth">): string =>
  [writer, owner, ...(worth === "precious" ? [] : [worth])].join("-");
