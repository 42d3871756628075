import { usualPlans, type Backups } from "../../engine/model/backups";
import { googleCloud } from "../../engine/model/offsite";
import { nasCertificate } from "./nas-certificate";

/** Itself, the NAS, and Belgium. */
export const backups: Backups = {
  offsite: googleCloud({
    project: "hybrid-example-backups",
    billingAccount: "000000-000000-000000",
    location: "europe-west1",
    bucketPrefix: "hybrid-example",
    alertsTo: "ada@hybrid.example",
    budget: { amount: 40, currency: "USD" },
  }),
  onsite: [
    {
      name: "nas",
      host: "nas",
      media: "hdd",
      holds: ["velero", "k3s-snapshots"],
      restoresPerHour: "400Gi",
      s3: { folder: "/srv/pool/copies", ports: { attic: 7101 }, certificate: nasCertificate },
    },
    { name: "metal-1", host: "metal-1", media: "nvme", holds: ["restic"], restoresPerHour: "300Gi" },
  ],
  plans: usualPlans,
  hosts: [{ host: "nas", path: "/srv/pool/photos", size: "500Gi", worth: "precious", media: "hdd", writer: "restic" }],
};
