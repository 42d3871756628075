import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { beside } from "../run/beside";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";

const GROUP = "snapshot.storage.k8s.io/v1";

/** Binds what somebody wants a snapshot of to what a driver makes of it; the driver's half is the test's. */
export const externalSnapshotter: Operator = {
  name: "external-snapshotter",
  parts: [{ workload: "external-snapshotter", program: "external-snapshotter", flags: { "--http-endpoint": "127.0.0.1:18430" } }],
  changes: ["the test does the drivers' half: a snapshot is a copy of a directory"],
  prepare: (cluster) => {
    beside(cluster, () => cluster.volumes.takeSnapshots());
    return Promise.resolve();
  },
  examine: async (cluster) => Promise.all(committed(cluster, "VolumeSnapshotClass").map((snapshotClass) => takesSnapshots(cluster, snapshotClass))),
};

/** A snapshot of a committed claim is made, becomes ready, and goes again, with what the driver made. */
async function takesSnapshots(cluster: LabCluster, snapshotClass: KubernetesObject): Promise<Assertion> {
  const says = `a snapshot by the class ${snapshotClass.metadata.name} becomes ready, and goes again`;
  const claim = claimOf(cluster, String(fieldOf(snapshotClass, "driver")));
  if (claim === undefined) return { says, problems: ["no committed claim is of a storage class of its driver"] };
  const { name, namespace } = claim.metadata;
  const snapshot = {
    apiVersion: GROUP,
    kind: "VolumeSnapshot",
    metadata: { name: `e2e-${snapshotClass.metadata.name}`, namespace },
    spec: { volumeSnapshotClassName: snapshotClass.metadata.name, source: { persistentVolumeClaimName: name } },
  };
  const { client, process } = cluster.running.api;
  await client.apply(snapshot);
  const unready = await awaited(cluster, snapshot, (object) => (fieldOf(object, "status", "readyToUse") === true ? undefined : `its status is ${JSON.stringify(fieldOf(object, "status"))}`));
  if (unready.length > 0) return { says, problems: unready };
  const made = String(fieldOf(await client.get(snapshot), "status", "boundVolumeSnapshotContentName"));
  await client.delete(snapshot);
  const problems = await awaitedOutcome(process.died, `the end of ${describeObject(snapshot)}`, async () => {
    const left = [snapshot, { apiVersion: GROUP, kind: "VolumeSnapshotContent", metadata: { name: made } }];
    const still = await Promise.all(left.map((reference) => client.get(reference)));
    const first = still.find((object) => object !== undefined);
    return first && `${describeObject(first)} is still there, with ${JSON.stringify(fieldOf(first, "metadata", "finalizers"))}`;
  });
  return { says, problems };
}

function claimOf(cluster: LabCluster, driver: string): KubernetesObject | undefined {
  const classes = committed(cluster, "StorageClass").filter((object) => fieldOf(object, "provisioner") === driver);
  return committed(cluster, "PersistentVolumeClaim").find((object) => classes.some(({ metadata }) => metadata.name === fieldOf(object, "spec", "storageClassName")));
}
