import type { Backups } from "../../engine/model/backups";
import { nasCertificate } from "../../lab/nas-certificate";
import { usualPlans } from "../../engine/model/backups";
import { googleCloud } from "../../engine/model/offsite";
import type { Cluster } from "../../engine/model/cluster";
import { precious, type Store } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import type { World } from "../../engine/model/resolve";
import { appOf, clusterOf, hostOf, twoHosts, worldOf } from "../lab-of";

/** Off site in Frankfurt, and once on a NAS. */
export const backupsOf = (given: Partial<Backups> = {}): Backups => ({
  offsite: googleCloud({
    project: "test-backups",
    billingAccount: "012345-567890-ABCDEF",
    location: "europe-west3",
    bucketPrefix: "test",
    alertsTo: "ada@test.example",
    budget: { amount: 20, currency: "EUR" },
  }),
  onsite: [
    {
      name: "nas",
      host: "nas",
      media: "hdd",
      holds: ["velero", "k3s-snapshots", "restic"],
      restoresPerHour: "300Gi",
      s3: { folder: "/srv/copies", ports: { one: 7101 }, certificate: nasCertificate },
    },
  ],
  plans: usualPlans,
  ...given,
});

export const nas = hostOf({ name: "nas", last: 20 });

/** The test lab with backups, and on its cluster one app that stores this. */
export const worldStoring = (
  stores: Readonly<Record<string, Store>> = { data: precious("10Gi") },
  { backups = backupsOf(), cluster = {} }: { readonly backups?: Backups; readonly cluster?: Parameters<typeof clusterOf>[0] } = {},
): World => worldOf({ hosts: [...twoHosts, nas], backups, clusters: [storing(stores, cluster)] });

const storing = (stores: Readonly<Record<string, Store>>, cluster: Parameters<typeof clusterOf>[0]): Cluster =>
  clusterOf({ runs: [place(appOf({ name: "notes", needs: { stores } }))], ...cluster });
