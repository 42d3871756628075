import type { Chart } from "cdk8s";
import { KubeServiceAccount } from "cdk8s-plus-30/lib/imports/k8s";
import type { VolumeGrant } from "../../engine/model/grants";
import type { Made } from "../../engine/model/makes";
import { Account } from "../../engine/workload/account";
import { Job } from "../../engine/workload/job";
import { claim } from "../../engine/workload/volume";
import { madeLabels } from "./copying-pods";
import { drillScript } from "./drill-script";
import { copyOf } from "./schedules";
import type { VeleroSettings } from "./settings";

/** Where the drill restores to: it holds nothing else, and is emptied before and after. */
export const scratchNamespace = (name: string): string => `${name}-drill`;

const requests = { cpu: "10m", memory: "128Mi" } as const;
const withinSeconds = 3 * 3600;

/** The copy of the drill's pod that a restore makes. */
export const restoredPod = (name: string): Made => ({ component: "drill-copy", labels: madeLabels(name, "drill"), count: 1, requests, namespace: scratchNamespace(name) });

interface Drill {
  readonly name: string;
  readonly namespace: string;
  readonly settings: VeleroSettings;
  readonly volume: VolumeGrant;
  readonly copiesFiles: boolean;
}

/** Every night, after the backups: proves that what goes into the bucket comes back as it was, and how old it is. */
export function drill(chart: Chart, { name, namespace, settings, volume, copiesFiles }: Drill): void {
  const scratch = scratchNamespace(name);
  const account = new Account(chart, "drill", {
    documented: "its own calls: apps/velero/drill-script.ts",
    here: [
      { groups: ["velero.io"], resources: ["backups", "restores"], verbs: ["list", "watch", "create"], because: "it makes one of each, and waits" },
      { groups: ["velero.io"], resources: ["podvolumebackups", "datauploads"], verbs: ["list"], because: "whether what it wrote was really copied" },
    ],
    there: { [scratch]: [{ resources: ["pods", "persistentvolumeclaims"], verbs: ["get", "list", "watch", "delete"], because: "what came back is read there, and goes again" }] },
  });
  // The copy names the same account, which may do nothing there.
  new KubeServiceAccount(chart, "drill-copy-account", { metadata: { name: account.name, namespace: scratch }, automountServiceAccountToken: false });
  const backup = { ...copyOf(namespace, copiesFiles, "1d"), labelSelector: { matchLabels: madeLabels(name, "drill") } };
  new Job(chart, "drill", {
    schedule: `30 ${settings.hour + 2} * * *`,
    image: settings.nodeImage,
    command: ["node", "--input-type=module", "--eval", drillScript],
    account,
    user: 1000,
    env: {
      BACKUP: JSON.stringify(backup),
      CLAIM: volume.claimName,
      // Node trusts no authority but its own list, unless told.
      NODE_EXTRA_CA_CERTS: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
      POD_NAME: { field: "metadata.name" },
      POD_NAMESPACE: { field: "metadata.namespace" },
      SCRATCH_NAMESPACE: scratch,
      SENTINEL: "/sentinel",
      VELERO_NAMESPACE: namespace,
      WITHIN_SECONDS: String(withinSeconds - 300),
    },
    resources: requests,
    mounts: { "/sentinel": claim(volume) },
    endsWithinSeconds: withinSeconds,
    // A second try would hide what failed the first time.
    retries: 0,
  });
}
