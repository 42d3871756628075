import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { KubernetesObject, ObjectReference } from "../../tools/control-plane/kubernetes/object";
import { Volumes } from "../../tools/operators/pods/volumes";

const snapshots = "snapshot.storage.k8s.io/v1";
const claim = (name: string, volumeName: string, dataSource?: object): KubernetesObject => ({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace: "web" }, spec: { volumeName, dataSource } });
const volume = (name: string): KubernetesObject => ({ apiVersion: "v1", kind: "PersistentVolume", metadata: { name }, spec: { csi: { volumeHandle: `handle-${name}` } } });
const content: KubernetesObject = { apiVersion: snapshots, kind: "VolumeSnapshotContent", metadata: { name: "content", uid: "1" }, spec: { source: { volumeHandle: "handle-a" } } };
const objects = [
  claim("data", "a"),
  claim("restored", "b", { kind: "VolumeSnapshot", name: "copy" }),
  volume("a"),
  volume("b"),
  { apiVersion: snapshots, kind: "VolumeSnapshot", metadata: { name: "copy", namespace: "web" }, status: { boundVolumeSnapshotContentName: "content" } },
];

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), "volumes-"))));
afterEach(() => rmSync(directory, { recursive: true }));

/** A cluster that holds the objects, and keeps what is patched. */
function stage(contents: readonly KubernetesObject[]) {
  const patches: object[] = [];
  const client = {
    get: ({ kind, metadata }: ObjectReference) => Promise.resolve([...objects, ...contents].find((each) => each.kind === kind && each.metadata.name === metadata.name)),
    list: () => Promise.resolve(contents),
    patch: (_: ObjectReference, patch: object) => {
      patches.push(patch);
      return Promise.resolve(content);
    },
  };
  return { volumes: new Volumes(directory, client), patches };
}

test("what is made of a snapshot is the volume as it was then", async () => {
  const { volumes } = stage([content]);
  const file = path.join(await volumes.directoryOf("web", "data"), "text");
  writeFileSync(file, "before");
  await volumes.takeSnapshots();
  writeFileSync(file, "after");
  const taken = stage([{ ...content, status: { readyToUse: true, snapshotHandle: "1" } }]);
  expect(readFileSync(path.join(await taken.volumes.directoryOf("web", "restored"), "text"), "utf8")).toBe("before");
});

test("a snapshot that is wanted becomes ready, one that is ready is left alone, and one that goes may go", async () => {
  const { volumes, patches } = stage([
    content,
    { ...content, status: { readyToUse: true } },
    { ...content, metadata: { ...content.metadata, deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["protected"] } },
  ]);
  await volumes.takeSnapshots();
  expect(patches).toEqual([{ status: expect.objectContaining({ readyToUse: true, snapshotHandle: "1" }) }, { metadata: { finalizers: null } }]);
});

test("a claim that is gone has no volume, and nobody waits for one", async () => {
  expect(await stage([]).volumes.directoryIfBound("web", "gone")).toBeUndefined();
});
