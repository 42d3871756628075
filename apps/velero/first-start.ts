import type { Construct } from "constructs";
import type { Image } from "../../engine/model/image";
import type { Release } from "../../engine/model/release";
import { Account } from "../../engine/workload/account";
import { Job } from "../../engine/workload/job";
import { firstStartScript } from "./first-start-script";

export const firstStartComponent = "first-start";
export const firstStartName = (release: string): string => `${release}-${firstStartComponent}`;

/** A restore takes hours where there is much to fetch; looking whether there is anything takes minutes. */
const withinSeconds = 24 * 3600;
const lookedWithinSeconds = 600;

/**
 * Brings a release's volumes back before anything of it starts, where the cluster has none of them and a copy has. Argo CD runs
 * it at each sync of the release and waits: where claims are there, it is done in a moment.
 */
export function firstStart(chart: Construct, { namespace }: Pick<Release, "namespace">, { image, velero }: { readonly image: Image; readonly velero: string }): void {
  const account = new Account(chart, firstStartComponent, {
    documented: "its own calls: apps/velero/first-start-script.ts",
    here: [
      { resources: ["persistentvolumeclaims"], verbs: ["list"], because: "where they are all there, nothing is to be done" },
      { resources: ["pods"], verbs: ["get", "list", "watch", "delete"], because: "restored pods are only there to carry files; the release's own take their place" },
    ],
    there: {
      [velero]: [
        { groups: ["velero.io"], resources: ["backupstoragelocations"], verbs: ["list", "watch"], because: "it waits until a copy can be read" },
        { groups: ["velero.io"], resources: ["backups"], verbs: ["list"], because: "the newest copy that is whole" },
        { groups: ["velero.io"], resources: ["restores"], verbs: ["get", "list", "watch", "create"], because: "it makes one, and waits" },
        { groups: ["velero.io"], resources: ["podvolumebackups", "podvolumerestores", "datadownloads"], verbs: ["list"], because: "how much is copied yet" },
      ],
    },
  });
  new Job(chart, firstStartComponent, {
    image,
    command: ["node", "--input-type=module", "--eval", firstStartScript],
    account,
    user: 1000,
    env: {
      LOOKED_WITHIN_SECONDS: String(lookedWithinSeconds),
      NAMESPACE: namespace,
      // Node trusts no authority but its own list, unless told.
      NODE_EXTRA_CA_CERTS: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
      VELERO_NAMESPACE: velero,
      WITHIN_SECONDS: String(withinSeconds - 300),
    },
    resources: { cpu: "10m", memory: "128Mi" },
    endsWithinSeconds: withinSeconds,
    // Argo CD tries again, with the newest commit.
    retries: 0,
  });
}
