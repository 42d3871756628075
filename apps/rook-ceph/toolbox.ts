import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import { scratch, volume } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";

/** Writes what the tools read, and follows monitors that move. The first label of each monitor's `a=10.0.0.1:6789` is Rook's. */
const script = [
  "set -eu",
  'printf "[%s]\\nkey = %s\\n" "$CEPH_USER" "$(cat /run/ceph-admin/keyring)" > /etc/ceph/keyring',
  "while :; do",
  '  printf "[global]\\nmon_host = %s\\n[client.admin]\\nkeyring = /etc/ceph/keyring\\n" "$(sed "s/[a-z0-9_-]*=//g" /run/ceph-monitors/endpoints)" > /etc/ceph/ceph.conf',
  "  sleep 30",
  "done",
].join("\n");

/** A shell with Ceph's tools and the admin's key: `kubectl exec -it deploy/rook-ceph-toolbox -- ceph status`. */
export function toolbox(chart: Chart, image: Image): void {
  new Workload(chart, "toolbox", {
    image,
    command: ["/bin/bash", "-c", script],
    // Rook makes both as soon as there is a first monitor.
    env: { CEPH_USER: { name: "rook-ceph-mon", key: "ceph-username" } },
    mounts: {
      "/etc/ceph": scratch("ceph-config", "16Mi"),
      "/tmp": scratch("tmp", "256Mi"),
      "/run/ceph-admin": volume("ceph-admin", { secret: { secretName: "rook-ceph-mon", defaultMode: 0o440, items: [{ key: "ceph-secret", path: "keyring" }] } }),
      "/run/ceph-monitors": volume("ceph-monitors", { configMap: { name: "rook-ceph-mon-endpoints", items: [{ key: "data", path: "endpoints" }] } }),
    },
    user: 2016,
    resources: { cpu: "10m", memory: "64Mi", memoryLimit: "512Mi" },
    exempt: { "no-probes": "it serves nobody: it waits for somebody to look in" },
  });
}
