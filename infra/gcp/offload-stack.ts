import type { TerraformStack } from "cdktf";
import type { Lab } from "../../engine/model/lab";
import type { Offload } from "../../engine/model/offload";
import { mailChannel } from "./alerts";
import { auditAccess } from "./audit";
import { modelAccess } from "./model-access";
import { offloadMachine } from "./offload-machine";
import { projectOf } from "./project";
import { watchCosts } from "./watch-costs";

/** What the lab computes at Google's: a way to ask models, and a machine that is there when it is needed. */
export function offloadStack(stack: TerraformStack, lab: Lab, offload: Offload): void {
  const { models = [], machine } = offload;
  const services = ["billingbudgets", "iam", "logging", "monitoring", ...(models.length ? ["aiplatform", "iamcredentials", "sts"] : []), ...(machine ? ["cloudkms", "compute", "iap"] : [])];
  const project = projectOf(stack, offload, services);
  auditAccess(stack, project, [...(models.length ? ["aiplatform", "sts"] : []), ...(machine ? ["compute"] : []), "iam"]);
  watchCosts(stack, offload, mailChannel(stack, offload, project), project);
  if (models.length) modelAccess(stack, lab, offload, models, project);
  if (machine) offloadMachine(stack, lab, offload, machine, project);
}
