import type { Chart } from "cdk8s";
import type { SecretGrant } from "../../engine/model/grants";
import type { Image } from "../../engine/model/image";
import { standardLabels } from "../../engine/model/release";
import { Account } from "../../engine/workload/account";
import { tellsEvents } from "../../engine/workload/permissions";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles, secretFile } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { healthPort, metricsPort } from "./controller";

interface Speaker {
  readonly name: string;
  readonly image: Image;
  readonly logLevel: string;
  readonly excludedInterfaces: readonly string[];
  readonly memberlist: SecretGrant;
}

/** Answers ARP and NDP for the addresses that lead to its node; when a node dies, the speakers agree on the next one. */
export function speaker(chart: Chart, { name, image, logLevel, excludedInterfaces, memberlist }: Speaker): void {
  // MetalLB reads YAML here, and JSON is YAML.
  const config = new ConfigFiles(chart, "speaker", { "excludel2.yaml": JSON.stringify({ announcedInterfacesToExclude: excludedInterfaces }) });
  const labels = standardLabels("metallb", name, "speaker");
  new Workload(chart, "speaker", {
    kind: "DaemonSet",
    image,
    args: [`--port=${metricsPort}`, `--health-probe-port=${healthPort}`, `--log-level=${logLevel}`],
    env: {
      METALLB_NODE_NAME: { field: "spec.nodeName" },
      METALLB_POD_NAME: { field: "metadata.name" },
      // Who is alive is agreed on port 7946 of the nodes, TCP and UDP; network policies do not hold there.
      METALLB_ML_BIND_ADDR: { field: "status.podIP" },
      METALLB_ML_LABELS: Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(","),
      METALLB_ML_SECRET_KEY_PATH: "/etc/ml_secret_key",
    },
    resources: { cpu: "25m", memory: "64Mi", memoryLimit: "192Mi" },
    mounts: { "/etc/ml_secret_key": secretFile(memberlist), "/etc/metallb": configFiles(config) },
    account: speakerAccount(chart),
    // The speaker answers probes on loopback alone (speaker/main.go), which on the node's network is the node's.
    probes: { ready: http("/readyz", healthPort, { host: "127.0.0.1" }), live: http("/healthz", healthPort, { host: "127.0.0.1" }) },
    hostNetwork: true,
    addCapabilities: ["NET_RAW"],
    exempt: {
      "host-network": "it answers ARP and NDP on the node's own interfaces",
      "dangerous-capabilities": "NET_RAW: ARP and NDP need raw sockets",
      root: "a container runtime gives added capabilities to root alone",
    },
    // On tainted nodes too: an address whose only pod stands there is announced from there or from nowhere.
    tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
    // An address moves to another node as soon as its speaker is gone.
    stopsWithinSeconds: 2,
  });
}

/** Upstream's, without wildcards: statuses are written in this namespace alone. */
function speakerAccount(chart: Chart): Account {
  return new Account(chart, "speaker", {
    documented: "config/rbac of metallb, without wildcards",
    cluster: [
      { resources: ["services", "namespaces", "nodes"], verbs: ["list", "watch"], because: "it answers for addresses of Services; a node may be left out by a label" },
      { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"], because: "a Service with externalTrafficPolicy Local is answered for only where its pods are" },
      { groups: ["metallb.io"], resources: ["servicel2statuses", "configurationstates"], verbs: ["list", "watch"], because: "its caches of these are of the whole cluster" },
      tellsEvents,
    ],
    here: [
      { resources: ["pods"], verbs: ["get", "list"], because: "it finds the other speakers among these" },
      { resources: ["configmaps"], verbs: ["list", "watch"], because: "it watches for extra configuration of BGP" },
      { resources: ["secrets"], verbs: ["list", "watch"], because: "passwords of BGP peers are Secrets of this namespace, and it watches all of them" },
      { groups: ["metallb.io"], resources: ["ipaddresspools", "l2advertisements", "communities", "bgpadvertisements", "bgppeers", "bfdprofiles"], verbs: ["list", "watch"], because: "what to announce, and how" },
      { groups: ["metallb.io"], resources: ["servicebgpstatuses"], verbs: ["list", "watch"], because: "its cache of these" },
      { groups: ["metallb.io"], resources: ["servicel2statuses", "servicebgpstatuses"], verbs: ["create", "delete", "patch"], because: "which node answers for an address stands in one of these" },
      { groups: ["metallb.io"], resources: ["configurationstates"], verbs: ["create", "patch"], because: "whether it understood its configuration stands in one of these" },
      { groups: ["metallb.io"], resources: ["servicel2statuses/status", "servicebgpstatuses/status", "configurationstates/status"], verbs: ["patch"], because: "which node answers, and whether it understood, stands in their status" },
    ],
    bind: ["system:auth-delegator"],
  });
}
