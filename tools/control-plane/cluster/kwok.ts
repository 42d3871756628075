import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ApiServer } from "./api-server";
import type { ClusterUnderTest } from "./cluster-under-test";
import type { Testbed } from "./testbed";

/**
 * Starts KWOK, which plays the kubelets of all nodes and whoever else answers Kubernetes' own objects. A stage of ours is read
 * instead of KWOK's own in a file of the same name.
 */
export function startKwok({ processes, binaries }: Testbed, api: ApiServer, { pods }: ClusterUnderTest, stagesDirectory: string): void {
  const config = path.join(processes.directory, "clusters", api.cluster, "kwok.yaml");
  writeFileSync(config, stageTexts(binaries.stages, stagesDirectory).join("\n---\n"));
  processes.start({
    name: `${api.cluster}-kwok`,
    program: binaries.upstream("kwok"),
    args: [`--kubeconfig=${api.kubeconfig("kwok")}`, `--config=${config}`, "--manage-all-nodes", `--cidr=${pods}`, "--node-lease-duration-seconds=40"],
  });
}

/** The stages of directories by the names of their files; of two with one name the later counts. */
export function stageTexts(...directories: readonly string[]): readonly string[] {
  const files = directories.flatMap((directory) => readdirSync(directory).filter((file) => file.endsWith(".yaml")).sort().map((file) => [file, path.join(directory, file)] as const));
  return [...new Map(files).values()].map((file) => readFileSync(file, "utf8"));
}
