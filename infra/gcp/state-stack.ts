import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformStack } from "cdktf";
import type { GoogleCloud } from "../../engine/model/offsite";
import type { Lab } from "../../engine/model/lab";
import { stateBucketOf } from "../state-bucket";
import { guarded } from "./bucket";
import { cryptoKeys } from "./keys";
import { projectOf } from "./project";

/**
 * The bucket that every stack's state is in, this one's too: it is made once by hand and then taken over (docs/infra.md). Old
 * states are kept for a year, because what was there before is how a wrong apply is undone.
 */
export function stateStack(stack: TerraformStack, lab: Lab, offsite: GoogleCloud): void {
  const project = projectOf(stack, offsite, ["cloudkms", "storage"]);
  const key = cryptoKeys(stack, offsite, project, `${lab.name}-state`, ["terraform-state"]).get("terraform-state")!;
  const name = stateBucketOf(offsite);
  const bucket = new StorageBucket(stack, "state", {
    name,
    labels: { owner: "terraform" },
    ...guarded(offsite, key),
    versioning: { enabled: true },
    lifecycleRule: [
      { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 365, numNewerVersions: 10, withState: "ARCHIVED" } },
    ],
  });
  bucket.importFrom(name);
}
