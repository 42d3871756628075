import { cloudflared } from "../../apps/cloudflared/cloudflared";
import { cloudflareTunnel } from "../../apps/cloudflared/provides";
import { gpuOperator } from "../../apps/gpu-operator/gpu-operator";
import { nvidiaGpus } from "../../apps/gpu-operator/provides";
import { model } from "../../apps/ollama/model";
import { ollama } from "../../apps/ollama/ollama";
import { openWebui } from "../../apps/open-webui/open-webui";
import { externalSnapshotter } from "../../apps/external-snapshotter/external-snapshotter";
import { jupyterhub } from "../../apps/jupyterhub/jupyterhub";
import { rookBlock, rookBucket, rookShared } from "../../apps/rook-ceph/provides";
import { rookCeph } from "../../apps/rook-ceph/rook-ceph";
import { velero } from "../../apps/velero/provides";
import { velero as veleroApp } from "../../apps/velero/velero";
import { bucketMirror } from "../../engine/capabilities/backup/bucket-mirror";
import { nodeOn } from "../../engine/model/cluster";
import { defineCluster } from "../../engine/model/lab";
import { place } from "../../engine/model/placement";
import { foundation, onBareMetal, statusPage } from "../foundation";
import { hosts } from "../hosts";
import { bareMetalK3s, bareMetalProvides } from "../k3s-cluster";

/** Keeps the GPU machines for what needs them, and for its helpers. */
const gpuTaint = { key: "nvidia.com/gpu", effect: "NoSchedule" } as const;

/** Three machines run the control plane, three keep Ceph's data, two have the GPUs. */
const nodes = hosts.forges.map((host, index) =>
  index < 3
    ? nodeOn(host, { network: "servers", role: "control-plane", labels: { "hearth.dev/role": "control-plane" } })
    : index < 6
      ? nodeOn(host, { network: "servers", role: "worker", labels: { "hearth.dev/role": "storage" } })
      : nodeOn(host, { network: "servers", role: "worker", labels: { "hearth.dev/role": "gpu", "hearth.dev/gpu": index === 6 ? "rtx-4090" : "rtx-a6000" }, taints: [gpuTaint] }),
);

export const forge = defineCluster({
  name: "forge",
  role: "GPU training and inference, and the lab's storage",
  environment: "production",
  distribution: bareMetalK3s,
  kubernetes: "1.36",
  network: {
    nodes: "servers",
    pods: "10.14.0.0/16",
    services: "10.114.0.0/16",
    api: "https://192.168.40.11:6443",
    pools: { lan: "192.168.40.200-192.168.40.229" },
    ingress: "192.168.40.200",
  },
  nodes,
  provides: {
    ...bareMetalProvides,
    // What can be pulled again stays on the node's own disk; Ceph's copies are for what cannot.
    storage: { ...bareMetalProvides.storage, precious: rookBlock(), shared: rookShared() },
    buckets: rookBucket(),
    gpu: nvidiaGpus(),
    backup: velero(),
    mirror: bucketMirror({ projectNumber: "123456789012" }),
    internet: cloudflareTunnel({ team: "hearth-example", audiences: { "open-webui.forge.hearth.example": "f1e0c2d5a94b7f6318e2ab90c47d5e6f0a1b2c3d4e5f60718293a4b5c6d7e8f9" } }),
  },
  runs: [
    ...foundation({ space: "100Gi", retention: "30d", cpu: "500m", memory: "4Gi" }),
    ...onBareMetal(),
    statusPage(),
    place(externalSnapshotter),
    place(gpuOperator),
    place(veleroApp, { settings: { projectNumber: "123456789012" } }),
    place(rookCeph, { settings: { shape: "three-node" } }),
    place(ollama, {
      downWithItsNode: { because: "no other machine has 48Gi on one device" },
      // Only the A6000's 48 GiB hold the large model.
      on: { "hearth.dev/gpu": "rtx-a6000" },
      tolerates: [gpuTaint],
      settings: {
        models: [
          model("llama3.3:70b", { size: "43Gi", gpuMemory: "46Gi" }),
          model("qwen3:32b", { size: "20Gi", gpuMemory: "24Gi" }),
        ],
        modelSpace: "300Gi",
        memory: "64Gi",
        // For studio, and with it for whoever is in the LAN: Ollama asks nobody who they are.
        reach: "lan",
      },
    }),
    place(ollama, {
      as: "ollama-embed",
      downWithItsNode: { because: "the A6000s are the large model's, and whoever asks for embeddings tries again" },
      on: { "hearth.dev/gpu": "rtx-4090" },
      tolerates: [gpuTaint],
      settings: { models: [model("nomic-embed-text:v1.5", { size: "1Gi", gpuMemory: "2Gi" })], modelSpace: "20Gi", parallel: 8, contextLength: 2048 },
    }),
    place(cloudflared),
    // From wherever they are, after Cloudflare Access asked who they are.
    place(openWebui, { using: { models: "forge/ollama" }, settings: { openTo: ["researchers"] } }),
    place(jupyterhub, { settings: { sharedSpace: "200Gi" } }),
  ],
});
