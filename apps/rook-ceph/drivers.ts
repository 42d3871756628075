import { ApiObject, type Chart } from "cdk8s";
import type { PodsGrant } from "../../engine/model/grants";
import { reference, type Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { driverName, type DriverKind } from "./driver-kind";
import { controllerTakes, nodePluginTakes } from "./driver-resources";
import { controllerPermissions, nodePluginPermissions, operatorPermissions } from "./driver-permissions";

/** What the drivers run. */
export interface DriverImages {
  readonly driverOperatorImage: Image;
  readonly driverImage: Image;
  readonly provisionerImage: Image;
  readonly attacherImage: Image;
  readonly resizerImage: Image;
  readonly snapshotterImage: Image;
  readonly registrarImage: Image;
}

export interface Drivers {
  readonly namespace: string;
  readonly images: DriverImages;
  /** RADOS block devices, and the shared file system. */
  readonly kinds: readonly DriverKind[];
  readonly controllers: number;
  readonly pods: PodsGrant;
}

const apiVersion = "csi.ceph.io/v1";
/** The operator finds its accounts by this: CSI_SERVICE_ACCOUNT_PREFIX in deploy/examples/csi-operator.yaml. */
const accountPrefix = "ceph-csi-";

/** Ceph's CSI drivers, and the operator that makes their pods: since Rook 1.20 it is the only way to have them. */
export function drivers(chart: Chart, { namespace, images, kinds, controllers, pods }: Drivers): void {
  driverOperator(chart, images.driverOperatorImage);
  const imageSet = new ConfigFiles(chart, "driver-images", {
    plugin: reference(images.driverImage),
    provisioner: reference(images.provisionerImage),
    attacher: reference(images.attacherImage),
    resizer: reference(images.resizerImage),
    snapshotter: reference(images.snapshotterImage),
    registrar: reference(images.registrarImage),
  });
  new ApiObject(chart, "driver-defaults", {
    apiVersion,
    kind: "OperatorConfig",
    // The operator reads this one name.
    metadata: { name: "ceph-csi-operator-config" },
    spec: { driverSpecDefaults: driverDefaults(imageSet.name, controllers, pods) },
  });
  for (const kind of kinds) {
    new Account(chart, `${kind}-controller`, { ...controllerPermissions, name: `${accountPrefix}${kind}-ctrlplugin-sa`, forMadePods: true });
    new Account(chart, `${kind}-node`, { ...nodePluginPermissions(kind), name: `${accountPrefix}${kind}-nodeplugin-sa`, forMadePods: true });
    new ApiObject(chart, `driver-${kind}`, { apiVersion, kind: "Driver", metadata: { name: driverName(namespace, kind) }, spec: kind === "cephfs" ? { cephFsClientType: "kernel" } : {} });
  }
}

function driverOperator(chart: Chart, image: Image): void {
  new Workload(chart, "driver-operator", {
    image,
    command: ["/manager"],
    args: ["--leader-elect"],
    env: {
      OPERATOR_NAMESPACE: { field: "metadata.namespace" },
      WATCH_NAMESPACE: { field: "metadata.namespace" },
      CSI_SERVICE_ACCOUNT_PREFIX: accountPrefix,
    },
    ports: { health: 8081 },
    resources: { cpu: "10m", memory: "64Mi", memoryLimit: "256Mi" },
    account: new Account(chart, "driver-operator", operatorPermissions),
    probes: { ready: http("/readyz", 8081), live: http("/healthz", 8081) },
  });
}

/** What both drivers have in common. */
const driverDefaults = (imageSet: string, controllers: number, pods: PodsGrant): unknown => ({
  imageSet: { name: imageSet },
  log: { verbosity: 0 },
  // Images and subvolumes carry the claim's name: whoever looks at Ceph sees whose they are.
  enableMetadata: true,
  generateOMapInfo: false,
  deployCsiAddons: false,
  fsGroupPolicy: "File",
  snapshotPolicy: "volumeSnapshot",
  controllerPlugin: {
    replicas: controllers,
    deploymentStrategy: { type: "Recreate" },
    priorityClassName: "system-cluster-critical",
    tolerations: pods.tolerations,
    ...affinityTo(pods.nodeSelector),
    resources: controllerTakes,
  },
  nodePlugin: {
    priorityClassName: "system-node-critical",
    kubeletDirPath: "/var/lib/kubelet",
    enableSeLinuxHostMount: false,
    // A volume may be wanted wherever a pod may stand.
    tolerations: [{ operator: "Exists" }],
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
    resources: nodePluginTakes,
  },
});

function affinityTo(labels: Readonly<Record<string, string>>) {
  const matchExpressions = Object.entries(labels).map(([key, value]) => ({ key, operator: "In", values: [value] }));
  return matchExpressions.length ? { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } } } : {};
}
