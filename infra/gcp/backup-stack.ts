import type { TerraformStack } from "cdktf";
import { backupTargets, type BackupTarget } from "../../engine/model/backup-target";
import type { GoogleCloud } from "../../engine/model/offsite";
import type { World } from "../../engine/model/resolve";
import { writers } from "../../engine/model/writer";
import { accountOf } from "../../engine/model/writer-account";
import { writerAccount } from "./account";
import { arrivals, mailChannel, silenceAlert } from "./alerts";
import { auditAccess } from "./audit";
import { backupBucket } from "./bucket";
import { federate, type Impersonation } from "./federation";
import { cryptoKeys } from "./keys";
import { projectOf } from "./project";
import { backupRoles } from "./roles";
import { watchCosts } from "./watch-costs";

const services = ["billingbudgets", "cloudkms", "iam", "iamcredentials", "logging", "monitoring", "storage", "sts"];

/** Buckets, keys, accounts and alerts for everything that the lab copies to Google Cloud. */
export function backupStack(stack: TerraformStack, world: World, offsite: GoogleCloud): void {
  const targets = backupTargets(world);
  const project = projectOf(stack, offsite, services);
  auditAccess(stack, project, ["storage", "cloudkms", "iam", "sts"]);
  const channel = mailChannel(stack, offsite, project);
  watchCosts(stack, offsite, channel, project);
  const keys = cryptoKeys(stack, offsite, project, world.lab.name, [...new Set(targets.map(({ owner }) => owner))]);
  const roles = backupRoles(stack, project);
  const counted = arrivals(stack, project);

  const pods = new Map<string, Impersonation[]>();
  for (const target of targets) {
    const bucket = backupBucket(stack, offsite, target, keys.get(target.owner)!);
    const as = writerAccount(stack, target, bucket, roles, project);
    silenceAlert(stack, offsite, target, channel, counted);
    const who = podsOf(target).map((pod) => ({ ...pod, as }));
    if (who.length) pods.set(target.owner, [...(pods.get(target.owner) ?? []), ...who]);
  }
  for (const [cluster, who] of pods) federate(stack, world.lab.name, cluster, who, project);
}

function podsOf(target: BackupTarget): readonly Omit<Impersonation, "as">[] {
  const { identity } = writers[target.writer];
  const name = accountOf(target);
  if (identity === "key") return [];
  if (identity !== "beside") return [{ name, ...identity }];
  // Several buckets of one release have one pod beside them.
  const beside = new Map(target.of.flatMap((it) => (it.beside ? [[`${it.beside.namespace} ${it.beside.account}`, it.beside]] : [])));
  return [...beside.values()].map((pod) => ({ name: `${name}-${pod.account}`, ...pod }));
}
