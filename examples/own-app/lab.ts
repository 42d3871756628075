import { bundledTraefik } from "../../apps/traefik/provides";
import { localPath } from "../../engine/capabilities/storage/local-path";
import { nodeOn } from "../../engine/model/cluster";
import { k3s } from "../../engine/model/distribution";
import type { Host } from "../../engine/model/host";
import { defineLab } from "../../engine/model/lab";
import { place } from "../../engine/model/placement";
import { whoami } from "./whoami";

const box: Host = {
  name: "box",
  arch: "amd64",
  cpu: 4,
  memory: "16Gi",
  disks: [{ id: "ata-Samsung_SSD_870_EVO_500GB_S6PXNM0T112233", size: "465Gi", media: "ssd", use: "system" }],
  addresses: { lan: "192.168.1.50" },
};

const distribution = k3s();

/** One small machine that already has an Argo CD; hearth brings one app of the owner's own, with k3s' bundled Traefik. */
export const lab = defineLab({
  name: "own-app",
  domain: "lab.example",
  gitops: { mode: "existing", hub: "attic", namespace: "argocd", repository: "https://git.example.org/me/lab.git", branch: "main" },
  networks: [{ name: "lan", cidr: "192.168.1.0/24", gateway: "192.168.1.1" }],
  hosts: [box],
  people: [],
  externals: [],
  clusters: [
    {
      name: "attic",
      role: "everything",
      environment: "production",
      distribution,
      kubernetes: "1.36",
      network: { nodes: "lan", pods: "10.42.0.0/16", services: "10.43.0.0/16", api: "https://192.168.1.50:6443", ingress: "192.168.1.50" },
      nodes: [nodeOn(box, { network: "lan", role: "control-plane" })],
      provides: { storage: { rebuildable: localPath(distribution) }, ingress: bundledTraefik() },
      runs: [place(whoami)],
    },
  ],
});
