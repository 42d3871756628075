import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { bucketPermissions, clusterPermissions, namespacePermissions } from "./operator-permissions";

/** The operator that makes a Ceph cluster from its custom resources and keeps it whole. */
export function operator(chart: Chart, image: Image): void {
  // Read from the API while it runs: a change needs no new pod. The name is Rook's.
  new ConfigFiles(
    chart,
    "operator-config",
    {
      ROOK_LOG_LEVEL: "INFO",
      // Claims on buckets name the provisioner with this namespace before it.
      ROOK_OBC_WATCH_OPERATOR_NAMESPACE: "true",
      // Disks are named one by one: nothing looks for others.
      ROOK_ENABLE_DISCOVERY_DAEMON: "false",
      ROOK_CEPH_COMMANDS_TIMEOUT_SECONDS: "15",
    },
    { name: "rook-ceph-operator-config" },
  );
  new Workload(chart, "operator", {
    image,
    args: ["ceph", "operator"],
    alone: true,
    env: {
      // Ceph's objects stand here and nowhere else: what it may do elsewhere shrinks to what buckets need.
      ROOK_CURRENT_NAMESPACE_ONLY: "true",
      ROOK_RECONCILE_CONCURRENT_CLUSTERS: "1",
      ROOK_HOSTPATH_REQUIRES_PRIVILEGED: "false",
      // A daemon without data of its own is moved off a dead node after these seconds instead of five minutes.
      ROOK_UNREACHABLE_NODE_TOLERATION_SECONDS: "5",
      NODE_NAME: { field: "spec.nodeName" },
      POD_NAME: { field: "metadata.name" },
      POD_NAMESPACE: { field: "metadata.namespace" },
    },
    // The image's own user.
    user: 2016,
    resources: { cpu: "100m", memory: "256Mi", memoryLimit: "1Gi" },
    mounts: { "/var/lib/rook": scratch("rook-config", "256Mi"), "/etc/ceph": scratch("ceph-config", "16Mi"), "/tmp": scratch("tmp", "256Mi") },
    account: new Account(chart, "operator", { documented: "deploy/examples/common.yaml of rook at v1.20.6, in its own namespace", cluster: [...clusterPermissions, ...bucketPermissions], here: namespacePermissions }),
    labels: { app: "rook-ceph-operator" },
    exempt: { "no-probes": "it listens on nothing, and exits when it loses the API" },
  });
}
