import { bundledTraefik } from "../../apps/traefik/provides";
import { localPath } from "../../engine/capabilities/storage/local-path";
import { nodeOn } from "../../engine/model/cluster";
import { cilium, k3s } from "../../engine/model/distribution";
import { image } from "../../engine/model/image";
import { defineLab } from "../../engine/model/lab";
import { place } from "../../engine/model/placement";
import { containerApp } from "../../engine/workload/container-app";
import { backups } from "./backups";
import { omada, router } from "./lan";
import { allMachines, machines } from "./machines";
import { networks } from "./networks";
import { offload } from "./offload";
import { prices } from "./prices";
import { proxmox } from "./proxmox";
import { wireguard } from "./wireguard";

// Its policies name hosts on the internet, nodes and the API server; it is installed as docs/cilium.md says.
const distribution = k3s({ cni: cilium });
const local = localPath(distribution);
const whoami = containerApp({
  name: "whoami",
  image: image("docker.io/traefik/whoami", "v1.11.0"),
  args: ["--port=8080"],
  port: 8080,
  health: "/health",
  memory: "32Mi",
});

/** Bare metal and Proxmox under one k3s cluster, each kind of thing in a VLAN of its own, copies on a NAS and in Google Cloud. */
export const lab = defineLab({
  name: "hybrid",
  domain: "hybrid.example",
  gitops: { mode: "existing", hub: "attic", namespace: "argocd", repository: "https://git.example.org/me/hybrid.git", branch: "main" },
  networks,
  hosts: allMachines,
  people: [
    {
      name: "ada",
      email: "ada@hybrid.example",
      groups: ["admins"],
      sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleOfAKeyThatNobodyHasTheOtherHalfOf00 ada"],
    },
  ],
  externals: [],
  proxmox,
  backups,
  prices,
  offload,
  wireguard,
  router,
  omada,
  clusters: [
    {
      name: "attic",
      role: "everything",
      environment: "production",
      distribution,
      kubernetes: "1.36",
      network: {
        nodes: "servers",
        pods: "10.42.0.0/16",
        services: "10.43.0.0/16",
        api: "https://10.20.20.11:6443",
        ingress: "10.20.20.13",
      },
      nodes: [
        ...machines.nodes.map((host) => nodeOn(host, { network: "servers", role: "control-plane" })),
        nodeOn(machines.metal, { network: "servers", role: "control-plane" }),
        nodeOn(machines.gpu, {
          network: "servers",
          role: "worker",
          labels: { "hearth.dev/role": "gpu" },
          taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }],
        }),
      ],
      provides: { storage: { precious: local, rebuildable: local }, ingress: bundledTraefik() },
      runs: [place(whoami)],
    },
  ],
});
