import { cpSync, existsSync, rmSync } from "node:fs";
import path from "node:path";
import type { SyncedFolder } from "../manifests/synced-folder";

/** Copies what is committed of a lab into a work tree, without the parameter files of folders that are left out. */
export function copyOutput(root: string, workTree: string, leftOut: readonly SyncedFolder[]): void {
  for (const folder of ["dist", "argocd"]) {
    if (existsSync(path.join(root, folder))) cpSync(path.join(root, folder), path.join(workTree, folder), { recursive: true });
  }
  for (const { file } of leftOut) rmSync(path.join(workTree, file));
}
