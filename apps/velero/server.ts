import type { Chart } from "cdk8s";
import type { SecretGrant } from "../../engine/model/grants";
import type { Image } from "../../engine/model/image";
import type { Account } from "../../engine/workload/account";
import { tokenDirectory } from "../../engine/model/federated";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles, hostPath, scratch, secretFile, volume, type Mountable } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { configNames, configs, nodeExempt, scratchSpace } from "./copying-pods";
import { federationDirectory, type Location } from "./location";
import type { VeleroSettings } from "./settings";

export const metricsPort = 8085;

interface Placed {
  readonly name: string;
  readonly namespace: string;
  readonly settings: VeleroSettings;
  readonly location: Location;
  /** The repositories' password. */
  readonly repositories: SecretGrant;
  /** Whether copies also stay in the house, where buckets speak S3. */
  readonly near: boolean;
  readonly account: Account;
  readonly priorityClassName: string;
  readonly snapshots: boolean;
}

/** The server, which decides, and the agent on each node, which has volumes copied there. */
export function server(chart: Chart, { name, namespace, settings, location, repositories, near, account, priorityClassName, snapshots }: Placed): void {
  const files = configs(name, settings, priorityClassName);
  for (const which of ["nodeAgent", "repository", "maintenance"] as const) new ConfigFiles(chart, which, files[which], { name: configNames[which] });
  const federated = federationMounts(chart, location);
  const env = { VELERO_NAMESPACE: namespace, VELERO_SCRATCH_DIR: "/scratch", HOME: "/scratch", ...location.env };
  const repository = `--backup-repository-configmap=${configNames.repository}`;
  const features = snapshots ? ["--features=EnableCSI"] : [];
  const ready = { ready: http("/metrics", metricsPort) };

  new Workload(chart, "velero", {
    image: settings.image,
    command: ["/velero"],
    args: [
      "server",
      ...features,
      "--uploader-type=kopia",
      // Without its index it asks for each object that it restores, and need not watch every kind in the cluster.
      "--disable-informer-cache=true",
      // A Schedule that appears, as after a restore, does not copy what is half there.
      "--schedule-skip-immediately=true",
      repository,
      `--repo-maintenance-job-configmap=${configNames.maintenance}`,
    ],
    account,
    // Two servers would both run every backup: it elects no leader.
    alone: true,
    env,
    ports: { metrics: metricsPort },
    resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
    // Nobody reads the password there: it makes the kubelet wait until it exists. Velero would else ask to make one that everybody
    // knows, be refused, and end (pkg/repository/keys).
    mounts: { "/repositories": secretFile(repositories), "/plugins": scratch("plugins", "256Mi"), "/scratch": scratch("scratch", scratchSpace), "/tmp": scratch("tmp", "256Mi"), ...federated },
    before: { plugin: plugin(location.plugin), ...(near && location.provider !== "aws" ? { "plugin-s3": plugin(settings.awsPlugin) } : {}) },
    probes: ready,
  });

  new Workload(chart, "node-agent", {
    kind: "DaemonSet",
    // The name that Velero looks for: pkg/nodeagent/node_agent.go.
    named: "node-agent",
    labels: { role: "node-agent" },
    image: settings.image,
    command: ["/velero"],
    args: ["node-agent", "server", ...features, `--node-agent-configmap=${configNames.nodeAgent}`, repository],
    account,
    user: 0,
    exempt: nodeExempt,
    // A tainted node has volumes as well.
    tolerations: [{ operator: "Exists" }],
    env: { NODE_NAME: { field: "spec.nodeName" }, ...env },
    ports: { metrics: metricsPort },
    resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
    mounts: {
      "/host_pods": hostPath("host-pods", "/var/lib/kubelet/pods", { readOnly: false, propagation: "HostToContainer" }),
      "/scratch": scratch("scratch", scratchSpace),
      "/tmp": scratch("tmp", "256Mi"),
      ...federated,
    },
    probes: ready,
  });
}

/** A plugin is a program that its image copies to where the server looks for it. */
const plugin = (image: Image) => ({ image, resources: { cpu: "10m", memory: "64Mi" } as const, mounts: { "/target": scratch("plugins", "256Mi") } });

/** The pods that Velero makes inherit them from the node agents and from the server. */
function federationMounts(chart: Chart, { federation }: Location): Readonly<Record<string, Mountable>> {
  if (!federation) return {};
  const credentials = new ConfigFiles(chart, "google", { "credentials.json": federation.json });
  const token = { serviceAccountToken: { audience: federation.audience, expirationSeconds: 3600, path: "token" } };
  return { [federationDirectory]: configFiles(credentials), [tokenDirectory]: volume("google-token", { projected: { sources: [token] } }) };
}
