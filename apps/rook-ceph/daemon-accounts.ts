import type { Chart } from "cdk8s";
import { Account, type AccountProps } from "../../engine/workload/account";

/**
 * Accounts of the pods that Rook makes. Their names are fixed in its code. Upstream's permissions (deploy/examples/common.yaml
 * at v1.20.6) also serve the orchestrator that lets Ceph's dashboard change the cluster, and keys of encrypted disks: both are
 * off here.
 */
const accounts: Readonly<Record<string, AccountProps>> = {
  "rook-ceph-default": {},
  "rook-ceph-rgw": {},
  "rook-ceph-cmd-reporter": { here: [{ resources: ["pods", "configmaps"], verbs: ["get", "list", "watch", "create", "update", "delete"] }] },
  // Its sidecar marks the pod of the manager that is active.
  "rook-ceph-mgr": { here: [{ resources: ["pods", "services"], verbs: ["get", "list", "update"] }] },
  // Preparing a disk reads the node's labels, and reports in a ConfigMap that the cluster owns.
  "rook-ceph-osd": {
    cluster: [{ resources: ["nodes"], verbs: ["get", "list"] }],
    here: [
      { resources: ["configmaps"], verbs: ["get", "list", "watch", "create", "update", "delete"] },
      { groups: ["ceph.rook.io"], resources: ["cephclusters", "cephclusters/finalizers"], verbs: ["get", "list", "update"] },
    ],
  },
  "rook-ceph-purge-osd": {
    here: [
      { resources: ["configmaps"], verbs: ["get"] },
      { groups: ["apps"], resources: ["deployments"], verbs: ["get", "delete"] },
      { groups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "delete"] },
      { resources: ["persistentvolumeclaims"], verbs: ["get", "update", "delete", "list"] },
    ],
  },
};

export function daemonAccounts(chart: Chart): void {
  for (const [name, props] of Object.entries(accounts)) new Account(chart, name, { documented: "deploy/examples/common.yaml of rook at v1.20.6", ...props, name, forMadePods: true });
}
