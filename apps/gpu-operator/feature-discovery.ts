import type { Chart } from "cdk8s";
import { NodeFeatureRule, NodeFeatureRuleSpecRulesMatchFeaturesMatchExpressionsOp } from "../../imports/node-feature-discovery";
import type { Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles, hostPath } from "../../engine/workload/volume";
import { Workload, type WorkloadProps } from "../../engine/workload/workload";
import { gpuTaint } from "./names";

const port = 8080;
const configDirectory = "/etc/kubernetes/node-feature-discovery";
const probes = { ready: http("/healthz", port) } as const;
const nfd = "nfd.k8s-sigs.io";

/**
 * Node Feature Discovery, by which the operator knows which node has a GPU and which kernel: workers look at their node, the master
 * writes it as labels, and a collector takes away what is said of nodes that are gone. Only nodes that are described with a GPU are
 * looked at. https://kubernetes-sigs.github.io/node-feature-discovery/v0.19/
 * @param nodes names of those nodes
 */
export function featureDiscovery(chart: Chart, image: Image, nodes: readonly string[]): void {
  master(chart, image);
  collector(chart, image);
  worker(chart, image, nodes);
}

const daemon = (image: Image): Pick<WorkloadProps, "image" | "ports" | "probes" | "user"> => ({ image, ports: { http: port }, probes, user: 65534 });
const nodeName = { NODE_NAME: { field: "spec.nodeName" } } as const;

function master(chart: Chart, image: Image): void {
  const config = new ConfigFiles(chart, "feature-master", { "nfd-master.conf": JSON.stringify({ extraLabelNs: ["nvidia.com"] }) });
  new Workload(chart, "feature-master", {
    ...daemon(image),
    command: ["nfd-master"],
    args: [`-port=${port}`],
    env: nodeName,
    alone: true,
    mounts: { [configDirectory]: configFiles(config) },
    resources: { cpu: "20m", memory: "64Mi", memoryLimit: "256Mi" },
    account: new Account(chart, "feature-master", {
      documented: "deployment/base/rbac of node-feature-discovery, master",
      cluster: [
        { resources: ["namespaces"], verbs: ["watch", "list"], because: "from which of them it takes what workers found" },
        { resources: ["nodes", "nodes/status"], verbs: ["get", "patch", "update", "list"], because: "what was found out about a node is written as its labels" },
        { groups: [nfd], resources: ["nodefeatures", "nodefeaturerules", "nodefeaturegroups"], verbs: ["get", "list", "watch"], because: "what workers found, and how labels are made of it" },
        { groups: [nfd], resources: ["nodefeaturegroups/status"], verbs: ["patch", "update"], because: "which nodes are in a group stands in its status" },
      ],
    }),
  });
}

function collector(chart: Chart, image: Image): void {
  new Workload(chart, "feature-collector", {
    ...daemon(image),
    command: ["nfd-gc"],
    args: ["-gc-interval=1h"],
    env: nodeName,
    alone: true,
    resources: { cpu: "5m", memory: "32Mi", memoryLimit: "128Mi" },
    account: new Account(chart, "feature-collector", {
      documented: "deployment/base/rbac of node-feature-discovery, garbage collector",
      cluster: [
        { resources: ["nodes"], verbs: ["list", "watch"], because: "what is left of a node that is gone is deleted" },
        { groups: ["topology.node.k8s.io"], resources: ["noderesourcetopologies"], verbs: ["delete", "list"], because: "it asks for these too, which nobody here makes" },
        { groups: [nfd], resources: ["nodefeatures"], verbs: ["delete", "list"], because: "those of nodes that are gone are deleted" },
      ],
    }),
  });
}

/** What the operator asks about: the devices, the kernel that a driver is built for, and the system that its image is chosen by. */
const sources = ["pci", "kernel", "system"] as const;

function worker(chart: Chart, image: Image, nodes: readonly string[]): void {
  const config = new ConfigFiles(chart, "feature-worker", {
    "nfd-worker.conf": JSON.stringify({
      core: { featureSources: sources, labelSources: sources },
      sources: { pci: { deviceClassWhitelist: ["02", "0200", "0207", "0300", "0302"], deviceLabelFields: ["vendor"] } },
    }),
  });
  new Workload(chart, "feature-worker", {
    ...daemon(image),
    kind: "DaemonSet",
    command: ["nfd-worker"],
    // What it found out about a node goes with it.
    args: ["-owner-refs=pod,ds", `-port=${port}`],
    env: { ...nodeName, POD_NAME: { field: "metadata.name" }, POD_UID: { field: "metadata.uid" } },
    onNodes: nodes,
    tolerations: [{ key: gpuTaint, operator: "Exists", effect: "NoSchedule" }],
    mounts: {
      [configDirectory]: configFiles(config),
      "/host-boot": hostPath("boot", "/boot"),
      "/host-etc/os-release": hostPath("os-release", "/etc/os-release"),
      "/host-sys": hostPath("sys", "/sys"),
      "/host-usr/lib": hostPath("usr-lib", "/usr/lib"),
      "/host-lib": hostPath("lib", "/lib"),
    },
    resources: { cpu: "5m", memory: "64Mi", memoryLimit: "256Mi" },
    account: new Account(chart, "feature-worker", {
      documented: "deployment/base/rbac of node-feature-discovery, worker",
      cluster: [{ resources: ["nodes"], verbs: ["get"], because: "its own node, which owns what it writes" }],
      here: [
        { groups: [nfd], resources: ["nodefeatures"], verbs: ["create", "get", "update", "delete"], because: "what it found of its node stands in one of these" },
        { resources: ["pods"], verbs: ["get"], because: "itself: its pod and DaemonSet own what it writes" },
      ],
    }),
    exempt: { "host-path": "it reads what the node's kernel knows of its devices and of itself" },
  });
}

/** A label on every node that is looked at and has one of NVIDIA's devices. */
export function nvidiaNodeLabels(chart: Chart, name: string, labels: Readonly<Record<string, string>>): void {
  new NodeFeatureRule(chart, `labels-${name}`, {
    metadata: { name },
    spec: {
      rules: [
        {
          name: "NVIDIA devices",
          labels,
          matchFeatures: [{ feature: "pci.device", matchExpressions: { vendor: { op: NodeFeatureRuleSpecRulesMatchFeaturesMatchExpressionsOp.IN, value: ["10de"] } } }],
        },
      ],
    },
  });
}
