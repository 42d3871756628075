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
  "rook-ceph-cmd-reporter": { here: [{ resources: ["pods", "configmaps"], verbs: ["get", "list", "watch", "create", "update", "delete"], because: "it runs one program, and reports in a ConfigMap" }] },
  "rook-ceph-mgr": { here: [{ resources: ["pods", "services"], verbs: ["get", "list", "update"], because: "its sidecar marks the pod of the manager that is active" }] },
  "rook-ceph-osd": {
    cluster: [{ resources: ["nodes"], verbs: ["get", "list"], because: "preparing a disk reads the node's labels" }],
    here: [
      { resources: ["configmaps"], verbs: ["get", "list", "watch", "create", "update", "delete"], because: "it reports of each disk in a ConfigMap" },
      { groups: ["ceph.rook.io"], resources: ["cephclusters", "cephclusters/finalizers"], verbs: ["get", "list", "update"], because: "that ConfigMap belongs to the cluster" },
    ],
  },
  "rook-ceph-purge-osd": {
    here: [
      { resources: ["configmaps"], verbs: ["get"], because: "which monitors there are" },
      { groups: ["apps"], resources: ["deployments"], verbs: ["get", "delete"], because: "a disk that is taken out loses its daemon" },
      { groups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "delete"], because: "and what prepared it" },
      { resources: ["persistentvolumeclaims"], verbs: ["get", "update", "delete", "list"], because: "and its claim, where it is one" },
    ],
  },
};

export function daemonAccounts(chart: Chart): void {
  for (const [name, props] of Object.entries(accounts)) new Account(chart, name, { documented: "deploy/examples/common.yaml of rook at v1.20.6", ...props, name, forMadePods: true });
}
