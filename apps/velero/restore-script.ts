import { kubernetesScript } from "./kubernetes-script";

/**
 * Brings namespaces back before anything starts in them. It waits for the copies to be listed from the bucket, takes the newest
 * whole one of each namespace, and refuses where a claim is already there: Velero would skip it, and say "Completed".
 */
export const restoreScript = `${kubernetesScript}${String.raw`
const failed = [];
for (const namespace of JSON.parse(process.env.NAMESPACES)) {
  try {
    const name = process.env.RESTORE + "-" + namespace;
    const claims = (await get("/api/v1/namespaces/" + namespace + "/persistentvolumeclaims")).items.map(({ metadata }) => metadata.name);
    if (claims.length && !(await get(velero + "/restores/" + name))) throw new Error("there are claims already (" + claims.join(", ") + "), and they would be skipped: the runbook says how to take them away");
    const ofNamespace = "velero.io/schedule-name=" + namespace;
    const whole = ({ status }) => status?.phase === "Completed";
    await until("whole backup of " + namespace, velero + "/backups?labelSelector=" + encodeURIComponent(ofNamespace), whole);
    const newest = (await labelled("backups", ofNamespace)).filter(whole).sort((a, b) => Date.parse(b.status.startTimestamp) - Date.parse(a.status.startTimestamp))[0];
    if (!(await get(velero + "/restores/" + name)))
      await create(velero + "/restores", { apiVersion: "velero.io/v1", kind: "Restore", metadata: { name, namespace: process.env.VELERO_NAMESPACE }, spec: { backupName: newest.metadata.name, includedNamespaces: [namespace], existingResourcePolicy: "none" } });
    const restore = await completed("restores", name);
    const expected = await copies("velero.io/backup-name", restore.spec.backupName, ["podvolumebackups"]);
    const back = (await copies("velero.io/restore-name", name, ["podvolumerestores", "datadownloads"])).filter(({ status }) => status.phase === "Completed");
    if (back.length === 0 || back.length < expected.length) throw new Error(back.length + " volumes came back of " + Math.max(expected.length, 1) + " in " + restore.spec.backupName);
    console.log(namespace + ": " + back.length + " volumes as of " + newest.status.startTimestamp);
  } catch (error) {
    failed.push(namespace + ": " + error.message);
  }
}
if (failed.length) throw new Error(failed.join("\n"));
`}`;
