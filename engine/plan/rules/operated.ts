import { kindOf, nameOfKind } from "../../kinds/kind";
import { fieldOf } from "../../model/manifest";
import type { Rule } from "../change";
import { isUnder, pathText } from "../field-change";

/** Custom resources whose operator runs pods as they say, and replaces those pods when they say otherwise. */
const runsPods: Readonly<Record<string, string>> = {
  "monitoring.coreos.com/Prometheus": "its operator changes the StatefulSet, and the pods of Prometheus are replaced",
  "monitoring.coreos.com/Alertmanager": "its operator changes the StatefulSet, and the pods of Alertmanager are replaced",
  "ceph.rook.io/CephCluster": "Rook changes the daemons one after another, each when Ceph says that it may stop",
  "ceph.rook.io/CephFilesystem": "Rook changes the metadata servers one after another",
  "ceph.rook.io/CephObjectStore": "Rook changes the gateways one after another",
  "csi.ceph.io/Driver": "its operator replaces the driver's pods on every node; volumes that are mounted stay so",
  "csi.ceph.io/OperatorConfig": "its operator replaces the drivers' pods on every node; volumes that are mounted stay so",
  "nvidia.com/ClusterPolicy": "its operator replaces the pods of drivers and plugins on GPU nodes; a new driver stops every pod with a GPU there",
  "postgresql.cnpg.io/Cluster": "its operator replaces the instances one after another, and then switches over",
};

export const operated: Rule = {
  name: "operator",
  judge: ({ after, before, fate, fields }) => {
    const says = after && runsPods[nameOfKind(kindOf(after))];
    const field = fields.find(({ path }) => isUnder(path, "spec"));
    if (fate !== "apply" || !before || !says || !field) return [];
    if (fieldOf(after, "spec", "paused") === true) return [{ effect: "live change", field: "spec.paused", says: "it is paused: its operator changes nothing until it goes on" }];
    const stopped = fields.find((it) => counts.some((path) => it.path.join(".") === path) && Number(it.after) === 0);
    return [{ effect: "restart", field: pathText(field.path), says }, ...(stopped ? [{ effect: "outage" as const, field: pathText(stopped.path), says: "its operator stops every pod, and none starts again" }] : [])];
  },
};

/** How many pods its operator runs: of Prometheus and Alertmanager, of a Ceph gateway, of a PostgreSQL cluster. */
const counts: readonly string[] = ["spec.replicas", "spec.gateway.instances", "spec.instances"];
