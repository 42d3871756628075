import { fieldOf } from "../../engine/model/manifest";
import type { LabCluster } from "../../tools/operators/run/lab-cluster";
import { velero } from "../../tools/operators/scenarios/velero";
import { veleroFileCopies } from "../../tools/operators/scenarios/velero-file-copies";

const node = (name: string, effect?: "NoSchedule") => ({ name, arch: "amd64", allocatable: {}, labels: {}, taints: effect === undefined ? [] : [{ key: "gpu", effect }] });
const cluster = { running: { under: { nodes: [node("large", "NoSchedule"), node("small")] } } } as unknown as LabCluster;
const location = (name: string, spec: object) => ({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", metadata: { name, namespace: "velero" }, spec });
const applied = (object: Parameters<NonNullable<typeof velero.applied>>[0]) => velero.applied!(object, cluster);

test("each location has a directory of its own, and keeps its bucket and whether it is the default", () => {
  const spec = { provider: "aws", credential: { name: "x", key: "y" }, objectStorage: { bucket: "copies", caCert: "x" }, config: { region: "x" } };
  expect(applied(location("nas", spec))).toMatchObject({ spec: { provider: "fs", objectStorage: { bucket: "copies" }, config: { fspath: "/bucket/nas" } } });
  expect(fieldOf(applied(location("default", { ...spec, default: true })), "spec")).toMatchObject({ default: true, config: { fspath: "/bucket/default" } });
});

test("pods that copy go to a node that takes any, and keep what is said of them", () => {
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "node-agent-config", namespace: "velero" }, data: { "config.json": JSON.stringify({ priorityClassName: "high" }) } };
  const changed: unknown = JSON.parse(String(fieldOf(applied(config), "data", "config.json")));
  expect(changed).toEqual({ priorityClassName: "high", loadAffinity: [{ nodeSelector: { matchLabels: { "kubernetes.io/hostname": "small" } } }] });
});

test("files are tried where the release that is emptied is copied so", () => {
  const schedule = (name: string, template: object) => ({ apiVersion: "velero.io/v1", kind: "Schedule", metadata: { name, namespace: "velero" }, spec: { template } });
  const suits = (...objects: readonly ReturnType<typeof schedule>[]) => veleroFileCopies.suits!(objects);
  expect(suits(schedule("other", {}), schedule("open-webui", { defaultVolumesToFsBackup: true }))).toBe(true);
  expect(suits(schedule("other", { defaultVolumesToFsBackup: true }), schedule("open-webui", { defaultVolumesToFsBackup: false }))).toBe(false);
});

test("everything else is applied as it is committed", () => {
  const other = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "volume-policy", namespace: "velero" }, data: {} };
  expect(applied(other)).toBe(other);
});
