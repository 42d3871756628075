import { createHash } from "node:crypto";
import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { Job } from "../../engine/workload/job";
import { restoreScript } from "./restore-script";
import type { VeleroSettings } from "./settings";

const withinSeconds = 24 * 3600;

/** Restores the namespaces that the owner listed, once. What happens around it, and what is not automatic, the runbook says. */
export function restore(chart: Chart, namespace: string, { restore: namespaces, nodeImage }: VeleroSettings): void {
  if (namespaces.length === 0) return;
  const account = new Account(chart, "restore", {
    here: [
      { groups: ["velero.io"], resources: ["backups"], verbs: ["get", "list", "watch"] },
      { groups: ["velero.io"], resources: ["restores"], verbs: ["get", "list", "watch", "create"] },
      { groups: ["velero.io"], resources: ["podvolumebackups", "podvolumerestores", "datadownloads"], verbs: ["list"] },
    ],
    there: Object.fromEntries(namespaces.map((it) => [it, [{ resources: ["persistentvolumeclaims"], verbs: ["list"] }]])),
  });
  // Another list is another Job, and other Restores.
  const revision = createHash("sha256").update([...namespaces].sort().join()).digest("hex").slice(0, 8);
  new Job(chart, "restore", {
    revision,
    image: nodeImage,
    command: ["node", "--input-type=module", "--eval", restoreScript],
    account,
    user: 1000,
    env: {
      NAMESPACES: JSON.stringify(namespaces),
      NODE_EXTRA_CA_CERTS: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
      RESTORE: `first-start-${revision}`,
      VELERO_NAMESPACE: namespace,
      WITHIN_SECONDS: String(withinSeconds - 300),
    },
    resources: { cpu: "10m", memory: "128Mi" },
    endsWithinSeconds: withinSeconds,
  });
}
