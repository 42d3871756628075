import { alertmanager } from "../../apps/alertmanager/alertmanager";
import { argoCd } from "../../apps/argo-cd/argo-cd";
import { certManager } from "../../apps/cert-manager/cert-manager";
import { issuedBy } from "../../apps/cert-manager/provides";
import { externalSecrets as externalSecretsApp } from "../../apps/external-secrets/external-secrets";
import { externalSecrets } from "../../apps/external-secrets/provides";
import { gcpSecretManager } from "../../apps/external-secrets/store";
import { gitlabRunner } from "../../apps/gitlab-runner/gitlab-runner";
import { grafana } from "../../apps/grafana/grafana";
import { jupyterhub } from "../../apps/jupyterhub/jupyterhub";
import { kubeStateMetrics } from "../../apps/kube-state-metrics/kube-state-metrics";
import { metallb } from "../../apps/metallb/metallb";
import { metallbPools } from "../../apps/metallb/provides";
import { nginx } from "../../apps/nginx-ingress/nginx-ingress";
import { nginxIngress } from "../../apps/nginx-ingress/provides";
import { nodeExporter } from "../../apps/node-exporter/node-exporter";
import { model } from "../../apps/ollama/model";
import { ollama } from "../../apps/ollama/ollama";
import { openWebui } from "../../apps/open-webui/open-webui";
import { prometheus } from "../../apps/prometheus/prometheus";
import { prometheusOperator } from "../../apps/prometheus-operator/prometheus-operator";
import { prometheusMonitoring } from "../../apps/prometheus-operator/provides";
import { localPath } from "../../engine/capabilities/storage/local-path";
import { nodeOn } from "../../engine/model/cluster";
import { k3s } from "../../engine/model/distribution";
import type { Host } from "../../engine/model/host";
import { defineLab } from "../../engine/model/lab";
import { image } from "../../engine/model/image";
import { place } from "../../engine/model/placement";

/** One machine on the LAN: 8 cores, 32 GB, no GPU. */
const box: Host = {
  name: "box",
  arch: "amd64",
  cpu: 8,
  memory: "32Gi",
  disks: [{ id: "nvme-WD_BLACK_SN850X_1000GB_23123A800123", size: "931Gi", media: "nvme", use: "system" }],
  addresses: { lan: "192.168.1.20" },
};

const distribution = k3s({ disable: ["traefik", "servicelb"] });
const local = localPath(distribution);

/** A whole AI homelab on one LAN address: everything answers at 192.168.1.200. */
export const lab = defineLab({
  name: "single-cluster",
  domain: "lab.example",
  gitops: { mode: "hub", hub: "home", repository: "https://git.example.org/me/lab.git", branch: "main" },
  networks: [{ name: "lan", cidr: "192.168.1.0/24", gateway: "192.168.1.1", dhcp: "192.168.1.100-192.168.1.199" }],
  hosts: [box],
  people: [{ name: "sam", email: "sam@lab.example", groups: ["admins"] }],
  externals: [],
  clusters: [
    {
      name: "home",
      role: "everything",
      environment: "production",
      distribution,
      kubernetes: "1.36",
      network: {
        nodes: "lan",
        pods: "10.0.0.0/16",
        services: "10.1.0.0/16",
        api: "https://192.168.1.20:6443",
        pools: { lan: "192.168.1.200-192.168.1.210" },
        ingress: "192.168.1.200",
      },
      nodes: [nodeOn(box, { network: "lan", role: "control-plane" })],
      provides: {
        storage: { precious: local, rebuildable: local },
        ingress: nginxIngress(),
        certificates: issuedBy("lab-ca"),
        loadBalancer: metallbPools(),
        secrets: externalSecrets({ store: "vault" }),
        metrics: prometheusMonitoring(),
      },
      runs: [
        place(metallb),
        place(nginx, { settings: { replicas: 1 } }),
        place(certManager, { settings: { webhookReplicas: 1 } }),
        place(externalSecretsApp, { settings: { stores: { vault: gcpSecretManager({ projectID: "lab-vault" }) }, webhook: false } }),
        place(argoCd, { as: "argocd" }),
        place(prometheusOperator),
        place(prometheus, { settings: { space: "30Gi" } }),
        place(alertmanager),
        place(grafana),
        place(nodeExporter),
        place(kubeStateMetrics),
        place(ollama, {
          settings: { accelerator: "cpu", models: [model("llama3.2:3b", { size: "2Gi", gpuMemory: "4Gi" })], modelSpace: "40Gi", memory: "8Gi" },
        }),
        place(openWebui),
        // One small profile: with the usual three, somebody would take the whole machine.
        place(jupyterhub, {
          settings: { profiles: [{ name: "cpu", title: "CPU", image: image("quay.io/jupyter/scipy-notebook", "2026-07-28"), cpu: "500m", memory: "1Gi", memoryLimit: "6Gi" }] },
        }),
        place(gitlabRunner, { settings: { concurrent: 2, cache: "none", jobs: { cpu: "500m", memory: "1Gi" } } }),
      ],
    },
  ],
});
