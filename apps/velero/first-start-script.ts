import { kubernetesScript } from "./kubernetes-script";

/**
 * Before a release starts: are its volumes there? If any claim is, nothing happens: what is there is never written over. If
 * none is, the newest whole copy that any storage location lists is restored, and counted; if there never was a copy, the
 * release starts empty. That is only said when every location has been looked into: one that does not answer stops the start.
 * A restore that an earlier run began is waited for, and not begun again.
 */
export const firstStartScript = `${kubernetesScript}${String.raw`
const { NAMESPACE: namespace, VELERO_NAMESPACE: home } = process.env;
const name = "first-start-" + namespace;
const claims = "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
const pods = "/api/v1/namespaces/" + namespace + "/pods";
const locations = velero + "/backupstoragelocations";

const looked = ({ status }) => status?.lastSyncedTime !== undefined;
const whole = ({ spec, status }) => status?.phase === "Completed" && spec.includedNamespaces?.join() === namespace;
const startOf = ({ status }) => Date.parse(status.startTimestamp);

/** The newest copy, once every location was looked into or the time for that is up. */
async function newestCopy() {
  const known = (await get(locations)).items;
  const by = Date.now() + Number(process.env.LOOKED_WITHIN_SECONDS) * 1000;
  const silent = [];
  for (const { metadata } of known) {
    try {
      await until("look into " + metadata.name, locations + named(metadata.name), looked, by);
    } catch (error) {
      silent.push(error.message);
    }
  }
  const newest = (await labelled("backups", "velero.io/schedule-name")).filter(whole).sort((a, b) => startOf(b) - startOf(a))[0];
  if (newest === undefined && known.length === 0) throw new Error("there is no storage location to look into");
  if (newest === undefined && silent.length) throw new Error("no copy is known, and not every place was looked into: " + silent.join(", "));
  return newest;
}

/** What waits in a pod for its files takes Velero's marks out of the volumes before it ends: nothing is to be left beside the files. */
const tidied = ({ status }, type) => type === "DELETED" || status?.phase !== "Pending" || status.initContainerStatuses?.some(({ name, state }) => name === "restore-wait" && state?.terminated !== undefined);
const waits = ({ spec }) => spec.initContainers?.some(({ name }) => name === "restore-wait");

/** Restored pods carried the files; only those that nobody owns are such. */
async function carriersGone() {
  const restored = "?labelSelector=" + encodeURIComponent("velero.io/restore-name=" + name);
  for (const pod of (await get(pods + restored)).items.filter(({ metadata }) => !metadata.ownerReferences?.length)) {
    if (waits(pod)) await until("end of what waits in " + pod.metadata.name, pods + named(pod.metadata.name), tidied, Date.now() + 600_000);
    await deleted(pods, pod.metadata.name);
  }
}

async function firstStart() {
  const begun = await get(velero + "/restores/" + name);
  if (!begun) {
    const there = (await get(claims)).items.map(({ metadata }) => metadata.name);
    if (there.length) return namespace + " has " + there.join(", ") + ": nothing to bring back";
    const newest = await newestCopy();
    if (newest === undefined) return namespace + " was never copied: it starts empty";
    await create(velero + "/restores", { apiVersion: "velero.io/v1", kind: "Restore", metadata: { name, namespace: home }, spec: { backupName: newest.metadata.name, includedNamespaces: [namespace], existingResourcePolicy: "none" } });
  }
  const { spec, status } = await completed("restores", name);
  const expected = await copies("velero.io/backup-name", spec.backupName, ["podvolumebackups"]);
  const back = (await copies("velero.io/restore-name", name, ["podvolumerestores", "datadownloads"])).filter(({ status }) => status.phase === "Completed");
  if (back.length === 0 || back.length < expected.length) throw new Error(back.length + " volumes came back of " + Math.max(expected.length, 1) + " in " + spec.backupName);
  await carriersGone();
  return namespace + ": " + back.length + " volumes of " + spec.backupName + " came back at " + status.completionTimestamp;
}

console.log(await firstStart());
`}`;
