import type { Chart } from "cdk8s";
import { http } from "../../engine/workload/probe";
import { configFiles, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { cacheEnv, type Backends } from "./backends";
import { gitSettingsFile, type Trust } from "./config";
import { argocdUser } from "./image-user";
import { ports } from "./ports";
import type { Settings } from "./settings";

/** Reads repositories. It handles what others wrote, so it has no token, no plugins, and bounds on all that it takes. */
export function repoServer(chart: Chart, settings: Settings, backends: Backends, trust: Trust): void {
  new Workload(chart, "repo-server", {
    ...argocdUser,
    image: settings.image,
    args: ["/usr/local/bin/argocd-repo-server"],
    replicas: settings.ha ? 2 : 1,
    ports: { grpc: ports.repoServer, metrics: ports.repoServerMetrics },
    env: {
      ...cacheEnv(backends),
      // Each takes as much memory as its folder's YAML, many times over.
      ARGOCD_REPO_SERVER_PARALLELISM_LIMIT: "4",
      ARGOCD_GIT_MODULES_ENABLED: "false",
      ARGOCD_GPG_ENABLED: "false",
      // Git clients here have no home (util/git/client.go), so that its settings are looked for where this says.
      GIT_CONFIG_GLOBAL: `/app/config/git/${gitSettingsFile}`,
    },
    resources: { cpu: "100m", memory: settings.repoServerMemory },
    mounts: {
      "/app/config/git": configFiles(trust.git),
      "/app/config/ssh": configFiles(trust.knownHosts),
      "/app/config/tls": configFiles(trust.certificates),
      // Looked into at every commit, also where no signature is asked for (hack/git-verify-wrapper.sh).
      "/app/config/gpg/keys": scratch("gpg-keys", "16Mi"),
      // Looked into for plugins; there are none.
      "/home/argocd/cmp-server/plugins": scratch("plugins", "1Mi"),
      "/tmp": scratch("tmp", "4Gi"),
    },
    probes: { ready: http("/healthz", ports.repoServerMetrics), live: http("/healthz?full=true", ports.repoServerMetrics) },
  });
}
