import { usualPlans, type Backups } from "../engine/model/backups";
import { googleCloud } from "../engine/model/offsite";
import { nasCertificate } from "./nas-certificate";

/** Three copies of what is precious, on two kinds of media, one of them away: docs/infra.md says how each gets there. */
export const backups: Backups = {
  offsite: googleCloud({
    project: "hearth-example-backups",
    billingAccount: "000000-000000-000000",
    location: "europe-west1",
    bucketPrefix: "hearth-example",
    alertsTo: "ada@hearth.example",
    budget: { amount: 40, currency: "USD" },
  }),
  onsite: [
    {
      name: "nas",
      host: "nas",
      media: "hdd",
      holds: ["velero", "object-mirror", "k3s-snapshots"],
      restoresPerHour: "400Gi",
      s3: { folder: "/srv/pool/copies", ports: { forge: 7101, studio: 7102 }, certificate: nasCertificate },
    },
    // The NAS' own files, on the one machine that stands in another room.
    { name: "pi-5", host: "pi-5", media: "ssd", holds: ["restic"], restoresPerHour: "300Gi" },
  ],
  plans: usualPlans,
  hosts: [{ host: "nas", path: "/srv/pool/photos", size: "200Gi", worth: "precious", media: "hdd", writer: "restic" }],
};
