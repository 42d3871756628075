import { adoptedFromApplication, adoptedFromHelm, adoptedFromKubectl } from "./adopted";
import { apiServerDown } from "./api-server-down";
import { appFolderRemoved } from "./app-folder-removed";
import { applicationSetDeleted } from "./application-set-deleted";
import { badCommit } from "./bad-commit";
import { claimTemplates } from "./claim-templates";
import { clusterFolderRemoved } from "./cluster-folder-removed";
import type { Drill } from "./drill";
import { emptyGenerator } from "./empty-generator";
import { existingArgoCd } from "./existing-argocd";
import { firstPreciousStore } from "./first-precious-store";
import { gitUnreachable } from "./git-unreachable";
import { guardedFilesRemoved } from "./guarded-files-removed";
import { largeDefinition } from "./large-definition";
import { movedApp } from "./moved-app";
import { operatorLate } from "./operator-late";
import { renamedApp } from "./renamed-app";
import { repoServerKilled } from "./repo-server-killed";
import { retiredApp } from "./retired-app";
import { sameNamedSet } from "./same-named-set";

/** Every drill, in the order in which they are performed. */
export const DRILLS: readonly Drill[] = [
  clusterFolderRemoved,
  appFolderRemoved,
  guardedFilesRemoved,
  emptyGenerator,
  applicationSetDeleted,
  sameNamedSet,
  badCommit,
  gitUnreachable,
  repoServerKilled,
  apiServerDown,
  claimTemplates,
  largeDefinition,
  operatorLate,
  firstPreciousStore,
  renamedApp,
  retiredApp,
  movedApp,
  adoptedFromKubectl,
  adoptedFromHelm,
  adoptedFromApplication,
  existingArgoCd,
];
