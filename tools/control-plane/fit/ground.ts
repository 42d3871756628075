import { z } from "zod";
import { defineApp } from "../../../engine/model/app";
import { nodeOn, type Cluster } from "../../../engine/model/cluster";
import { k3s } from "../../../engine/model/distribution";
import type { Host } from "../../../engine/model/host";
import { defineLab } from "../../../engine/model/lab";
import type { Manifest } from "../../../engine/model/manifest";
import { place } from "../../../engine/model/placement";
import { resolve } from "../../../engine/model/resolve";
import { pack } from "../../../engine/proofs/fit/pack";
import { podSetsOf } from "../../../engine/proofs/fit/pods";

/** Keeps every other pod off these nodes, and theirs off every other node. */
export const ownTaint = { key: "fit", effect: "NoSchedule" } as const;
export const ownLabel = { fit: "yes" } as const;

const hosts = [1, 2, 3].map((index): Host => ({ name: `fit-${String(index)}`, arch: "amd64", cpu: 4, memory: "8Gi", disks: [{ id: `disk-${String(index)}`, size: "100Gi", media: "nvme", use: "system" }], addresses: { lan: `192.0.2.${String(10 + index)}` } }));

/** Three small nodes, of which the last one keeps off whoever does not tolerate what it is for. */
export const cluster: Cluster = {
  name: "fit",
  role: "pods that are to find a node, or none",
  environment: "development",
  distribution: { ...k3s(), systemPods: [] },
  kubernetes: "1.36",
  network: { nodes: "lan", pods: "10.2.0.0/16", services: "10.3.0.0/16", api: "https://192.0.2.11:6443" },
  nodes: hosts.map((host, index) => nodeOn(host, { network: "lan", role: "worker", labels: ownLabel, taints: [ownTaint, ...(index === 2 ? [{ key: "for", value: "gpus", effect: "NoSchedule" } as const] : [])] })),
  provides: { storage: {} },
  runs: [place(defineApp({ name: "case", settings: z.object({}), needs: () => ({}), build: () => undefined }))],
};

const { world } = resolve(defineLab({ name: "fit", domain: "fit.example", gitops: { mode: "hub", hub: "fit", repository: "https://git.example/fit.git", branch: "main" }, networks: [{ name: "lan", cidr: "192.0.2.0/24" }], hosts, people: [], externals: [], clusters: [cluster] }));
const [release] = world.releases;

/** The pods for which the proof of fit finds no node, each by the name of its workload. */
export function homelessOf(manifests: readonly Manifest[]): readonly string[] {
  if (!release) throw new Error("the lab of the fit cases has no release");
  return pack(cluster, podSetsOf({ release, manifests, findings: [] })).unplaced.map(({ name }) => name).sort();
}
