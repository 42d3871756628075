import { argoCd } from "../../../apps/argo-cd/argo-cd";
import { externalSecrets as externalSecretsApp } from "../../../apps/external-secrets/external-secrets";
import { externalSecrets } from "../../../apps/external-secrets/provides";
import { gcpSecretManager } from "../../../apps/external-secrets/store";
import { bundledTraefik } from "../../../apps/traefik/provides";
import { localPath } from "../../../engine/capabilities/storage/local-path";
import { nodeOn, type Cluster, type Retired } from "../../../engine/model/cluster";
import { k3s } from "../../../engine/model/distribution";
import type { Host } from "../../../engine/model/host";
import { defineLab, type Lab } from "../../../engine/model/lab";
import { place, type Placement } from "../../../engine/model/placement";
import { keeper, ledger } from "./apps";

/** The clusters of the lab that accidents happen to. */
export const HUB = "hub";
export const SPOKE = "spoke";

/** What a cluster runs besides its foundation, and what it has taken out of service. */
export interface Running {
  readonly runs?: readonly Placement[];
  readonly retired?: readonly Retired[];
}

const distribution = k3s();
const local = localPath(distribution);

const hostOf = (name: string, address: number): Host => ({
  name,
  arch: "amd64",
  cpu: 8,
  memory: "32Gi",
  disks: [{ id: `nvme-${name}`, size: "400Gi", media: "nvme", use: "system" }],
  addresses: { lan: `192.168.40.${String(address)}` },
});

const hosts = { hub: hostOf("hub-1", 10), spoke: [hostOf("spoke-1", 20), hostOf("spoke-2", 21)] };

const secretsOf = (): Placement => place(externalSecretsApp, { settings: { stores: { vault: gcpSecretManager({ projectID: "drills" }) }, webhook: false } });

/** What is always on the spoke: one app with a claim, one with a StatefulSet. */
export const standing: readonly Placement[] = [place(keeper("notes")), place(ledger)];

/** A hub with a spoke, as small as a lab can be that has something to lose. */
export function drillLab({ hub = {}, spoke = { runs: standing } }: { readonly hub?: Running; readonly spoke?: Running } = {}): Lab {
  return defineLab({
    name: "drills",
    domain: "drills.example",
    gitops: { mode: "hub", hub: HUB, repository: "https://git.example.org/drills/lab.git", branch: "main" },
    networks: [{ name: "lan", cidr: "192.168.40.0/24", gateway: "192.168.40.1" }],
    hosts: [hosts.hub, ...hosts.spoke],
    people: [],
    externals: [],
    clusters: [
      clusterOf(HUB, 0, [hosts.hub], { ...hub, runs: [secretsOf(), place(argoCd, { as: "argocd" }), ...(hub.runs ?? [])] }),
      clusterOf(SPOKE, 1, hosts.spoke, { ...spoke, runs: [secretsOf(), ...(spoke.runs ?? [])] }),
    ],
  });
}

function clusterOf(name: string, index: number, machines: readonly Host[], { runs = [], retired = [] }: Running): Cluster {
  const address = machines[0]?.addresses["lan"] ?? "";
  return {
    name,
    role: "accidents",
    environment: "production",
    distribution,
    kubernetes: "1.36",
    network: { nodes: "lan", pods: `10.${String(10 + index)}.0.0/16`, services: `10.${String(110 + index)}.0.0/16`, api: `https://${address}:6443`, ingress: address },
    nodes: machines.map((host, position) => nodeOn(host, { network: "lan", role: position === 0 ? "control-plane" : "worker" })),
    provides: { storage: { precious: local, rebuildable: local }, ingress: bundledTraefik(), secrets: externalSecrets() },
    runs,
    retired,
  };
}
