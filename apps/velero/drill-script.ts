import { kubernetesScript } from "./kubernetes-script";

/**
 * The drill: writes fresh bytes, backs up the pod that it runs in, restores that into the scratch namespace, and asks the copy
 * what it found. The copy is the same program: it sees that it is elsewhere, reads, and says so in its termination message.
 * A restore that says "Completed" with nothing in it (velero#7189, #6693) fails here.
 */
export const drillScript = `${kubernetesScript}${String.raw`
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";

const { SENTINEL, SCRATCH_NAMESPACE: scratch, VELERO_NAMESPACE: home, POD_NAMESPACE: here, POD_NAME: pod, CLAIM: claim } = process.env;
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

if (here !== home) {
  const [bytes, writtenAt] = await Promise.all([readFile(SENTINEL + "/bytes"), readFile(SENTINEL + "/written-at", "utf8")]);
  await writeFile(process.env.TERMINATION_LOG ?? "/dev/termination-log", JSON.stringify({ sha256: digest(bytes), writtenAt }));
} else {
  const pods = "/api/v1/namespaces/" + scratch + "/pods";
  const claims = "/api/v1/namespaces/" + scratch + "/persistentvolumeclaims";
  const gone = async () => {
    await deleted(pods, pod);
    await deleted(claims, claim);
  };
  for (const left of (await get(pods)).items) await ask("DELETE", pods + "/" + left.metadata.name);
  await gone();

  const bytes = randomBytes(1024 * 1024);
  // Whole seconds: that is what Kubernetes writes down.
  const writtenAt = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
  await writeFile(SENTINEL + "/bytes", bytes, { flush: true });
  await writeFile(SENTINEL + "/written-at", writtenAt, { flush: true });

  const name = "drill-" + writtenAt.replace(/\D/g, "").slice(0, 14);
  await create(velero + "/backups", { apiVersion: "velero.io/v1", kind: "Backup", metadata: { name, namespace: home }, spec: JSON.parse(process.env.BACKUP) });
  const backup = await completed("backups", name);
  const taken = (await copies("velero.io/backup-name", name, ["podvolumebackups", "datauploads"])).filter(({ status }) => status.phase === "Completed");
  if (taken.length === 0) throw new Error("backup " + name + " is complete, and copied no volume");
  for (const { kind, metadata, status } of [{ kind: "Backup", metadata: backup.metadata, status: backup.status }, ...taken])
    if (!(Date.parse(status.startTimestamp) >= Date.parse(writtenAt))) throw new Error(kind + " " + metadata.name + " began at " + status.startTimestamp + ", before the sentinel was written at " + writtenAt);

  await create(velero + "/restores", { apiVersion: "velero.io/v1", kind: "Restore", metadata: { name, namespace: home }, spec: { backupName: name, namespaceMapping: { [home]: scratch }, existingResourcePolicy: "none", itemOperationTimeout: "1h" } });
  await completed("restores", name);
  const copy = await until("end of " + scratch + "/" + pod, pods + named(pod), ({ status }) => ["Succeeded", "Failed"].includes(status?.phase));
  const found = copy.status.containerStatuses[0].state.terminated.message;
  const expected = JSON.stringify({ sha256: digest(bytes), writtenAt });
  if (found !== expected) throw new Error("the restored volume has " + (found || "nothing") + ", where " + expected + " was written");
  await gone();
  console.log(name + ": " + expected + " was backed up, restored and read again");
}
`}`;
