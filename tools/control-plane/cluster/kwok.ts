import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ApiServer } from "./api-server";
import type { ClusterUnderTest } from "./cluster-under-test";
import type { Testbed } from "./testbed";

/** Starts KWOK, which plays the kubelets of all nodes and whoever else answers Kubernetes' own objects. */
export function startKwok({ processes, binaries }: Testbed, api: ApiServer, { pods }: ClusterUnderTest, stagesDirectory: string): void {
  const config = path.join(processes.directory, "clusters", api.cluster, "kwok.yaml");
  writeFileSync(config, [binaries.stages, stagesDirectory].flatMap(yamlTexts).join("\n---\n"));
  processes.start({
    name: `${api.cluster}-kwok`,
    program: binaries.upstream("kwok"),
    args: [`--kubeconfig=${api.kubeconfig("kwok")}`, `--config=${config}`, "--manage-all-nodes", `--cidr=${pods}`, "--node-lease-duration-seconds=40"],
  });
}

function yamlTexts(directory: string): readonly string[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => readFileSync(path.join(directory, file), "utf8"));
}
