import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { mounted, mountsOf } from "../pods/mounted-files";
import { environmentOf, startPod } from "../pods/start-pod";
import type { Running } from "../processes/processes";
import { until } from "../processes/until";
import { startDexServer } from "./dex";

/** One of Argo CD's programs, which are all the same binary under different names. */
interface Component {
  /** The value of the label app.kubernetes.io/component: https://github.com/argoproj/argo-cd/blob/v3.5.7/manifests/install.yaml */
  readonly name: string;
  /** What the binary must be called. */
  readonly program: string;
  /** Ports that would collide with another component's on one network. */
  readonly args: readonly string[];
  /** Whether a lab may do without it. */
  readonly optional: boolean;
  /** Answers when it works. */
  readonly probe: string;
}

const COMPONENTS: readonly Component[] = [
  { name: "repo-server", program: "argocd-repo-server", args: [], optional: false, probe: "http://127.0.0.1:8084/metrics" },
  { name: "application-controller", program: "argocd-application-controller", args: [], optional: false, probe: "http://127.0.0.1:8082/healthz" },
  {
    name: "applicationset-controller",
    program: "argocd-applicationset-controller",
    args: ["--metrics-addr=127.0.0.1:8180", "--probe-addr=127.0.0.1:8181", "--webhook-addr=127.0.0.1:7000"],
    optional: false,
    probe: "http://127.0.0.1:8180/metrics",
  },
  { name: "server", program: "argocd-server", args: [], optional: true, probe: "http://127.0.0.1:8083/metrics" },
  { name: "notifications-controller", program: "argocd-notifications", args: [], optional: true, probe: "http://127.0.0.1:9001/metrics" },
];

/** The component in front of Dex, which nobody can ask whether it works. */
const DEX_SERVER = "dex-server";

/** Where a second replica's metrics go, counted from here: the first keeps its own port. */
const METRICS_PORT = 8280;

/** The label by which its workloads are told apart. */
export const COMPONENT_LABEL = "app.kubernetes.io/component";

/** The Argo CD of a run. */
export interface ArgoCd {
  readonly cluster: RunningCluster;
  readonly namespace: string;
  /** By component, its cache ("redis") included. */
  readonly processes: ReadonlyMap<string, Running>;
}

/**
 * Starts Argo CD's components as the workloads that were applied say: their arguments, their environment, their
 * ServiceAccounts. Returns when each answers.
 */
export async function startArgoCd(testbed: Testbed, cluster: RunningCluster, namespace: string, gitHosts: readonly string[]): Promise<ArgoCd> {
  const environment = pathsOf(testbed, gitHosts);
  const workloads = await workloadsByComponent(cluster, namespace);
  const processes = new Map<string, Running>();
  const client = workloads.get("repo-server");
  if (client !== undefined) processes.set("redis", await startRedis(testbed, cluster, client));
  for (const { name, program, args, optional, probe } of COMPONENTS) {
    const workload = workloads.get(name);
    if (workload === undefined && optional) continue;
    if (workload === undefined) throw new Error(`${cluster.under.name} has no workload in ${namespace} with the label ${COMPONENT_LABEL}: ${name}`);
    const mounts = await gitSettings(testbed, cluster, workload);
    const pod = { workload, program: testbed.binaries.upstream("argocd"), environment: { ...environment, ARGOCD_BINARY_NAME: program }, mounts };
    // The replicas of a StatefulSet each have a share of the clusters; one of a Deployment can do it all.
    const replicas = workload.kind === "StatefulSet" ? Number(fieldOf(workload, "spec", "replicas") ?? 1) : 1;
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const more = ordinal === 0 ? args : [...args, `--metrics-port=${String(METRICS_PORT + ordinal)}`];
      const running = await until({ what: `${program} to start`, timeoutSeconds: 60, everyMilliseconds: 500 }, () => startPod(testbed, cluster, { ...pod, ordinal, args: more }));
      if (ordinal > 0) continue;
      processes.set(name, running);
      await until({ what: program, timeoutSeconds: 60, signal: running.died }, () => answers(probe));
    }
  }
  const dex = workloads.get(DEX_SERVER);
  if (dex !== undefined) processes.set(DEX_SERVER, await startDexServer(testbed, cluster, dex));
  return { cluster, namespace, processes };
}

/** Where our repo-server finds what git is told; the other files it looks for elsewhere here: {@link pathsOf}. */
const GIT_SETTINGS = "/app/config/git";

async function gitSettings({ processes }: Testbed, cluster: RunningCluster, workload: KubernetesObject): Promise<Readonly<Record<string, string>>> {
  const mounts = mountsOf(workload, path.join(processes.directory, "argocd", "mounts")).filter(({ target }) => target === GIT_SETTINGS);
  await mounted(cluster, workload.metadata.namespace ?? "", mounts);
  return Object.fromEntries(mounts.map(({ target, directory }) => [target, directory]));
}

async function workloadsByComponent({ api }: RunningCluster, namespace: string): Promise<ReadonlyMap<string, KubernetesObject>> {
  const workloads = (await Promise.all(["Deployment", "StatefulSet"].map((kind) => api.client.list("apps/v1", kind, namespace)))).flat();
  return new Map(workloads.map((workload) => [String(fieldOf(workload, "spec", "template", "metadata", "labels", COMPONENT_LABEL) ?? workload.metadata.labels?.[COMPONENT_LABEL]), workload]));
}

/** Argo CD's cache, with the password that one of its clients will use. */
async function startRedis({ processes, binaries }: Testbed, cluster: RunningCluster, client: KubernetesObject): Promise<Running> {
  // A kubelet, too, tries again until the Secrets are there.
  const { REDIS_PASSWORD = "" } = await until({ what: "Argo CD's Secrets", timeoutSeconds: 60, everyMilliseconds: 500 }, () => environmentOf(cluster, client));
  return processes.start({ name: `${cluster.under.name}-argocd-redis`, program: binaries.testbed, args: ["redis", "127.0.0.1:6379"], environment: { REDIS_PASSWORD } });
}

/** Directories that exist in Argo CD's image, and the authority that its git clients must trust. */
export function pathsOf({ processes, binaries, certificates }: Testbed, gitHosts: readonly string[]): Readonly<Record<string, string>> {
  const directory = (name: string): string => {
    const made = path.join(processes.directory, "argocd", name);
    mkdirSync(made, { recursive: true, mode: 0o700 });
    return made;
  };
  const tls = directory("tls");
  for (const host of gitHosts) writeFileSync(path.join(tls, host), certificates.authority);
  return {
    PATH: `${binaries.directory}:${process.env["PATH"] ?? ""}`,
    HOME: directory("home"),
    TMPDIR: directory("tmp"),
    ARGOCD_TLS_DATA_PATH: tls,
    ARGOCD_SSH_DATA_PATH: directory("ssh"),
    ARGOCD_GPG_DATA_PATH: directory("gpg/source"),
    ARGOCD_GNUPGHOME: directory("gpg/keys"),
    // Checking signatures would need gpg on this machine, and the commits here are the test's own.
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_PLUGINSOCKFILEPATH: directory("plugins"),
  };
}

/** Whether somebody answers at an address. */
export async function answers(url: string): Promise<true> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
  return true;
}
